#include "Limits/span_map.h"

#include <map>
#include <vector>

namespace {

struct Value {
  int32_t end;
  // As wide as a key of ours.
  unsigned __int128 key;
};

}  // namespace

struct limits_span_maps {
  std::vector<std::map<int32_t, Value>> rows;
};

limits_span_maps *limits_span_maps_make(size_t rows) {
  auto *maps = new limits_span_maps;
  maps->rows.resize(rows);
  return maps;
}

void limits_span_maps_free(limits_span_maps *maps) { delete maps; }

uint64_t limits_span_maps_insert(
    limits_span_maps *maps, const uint32_t *rows, const limits_span *spans, const uint64_t *keys,
    size_t count) {
  uint64_t inserted = 0;
  for (size_t index = 0; index < count; index++) {
    const Value value{spans[index].end, keys[index]};
    inserted += maps->rows[rows[index]].emplace(spans[index].start, value).second;
  }
  return inserted;
}

uint64_t limits_span_maps_remove(
    limits_span_maps *maps, const uint32_t *rows, const limits_span *spans, size_t count) {
  uint64_t removed = 0;
  for (size_t index = 0; index < count; index++) {
    removed += maps->rows[rows[index]].erase(spans[index].start);
  }
  return removed;
}

uint64_t limits_span_maps_collisions(
    const limits_span_maps *maps, const uint32_t *rows, const limits_span *spans, size_t count) {
  uint64_t colliding = 0;
  for (size_t index = 0; index < count; index++) {
    const auto &row = maps->rows[rows[index]];
    // The last one that starts before the span's end is the only one that can reach into it.
    auto after = row.lower_bound(spans[index].end);
    if (after == row.begin()) continue;
    --after;
    colliding += after->second.end > spans[index].start;
  }
  return colliding;
}
