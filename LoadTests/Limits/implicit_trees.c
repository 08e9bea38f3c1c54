#include "Limits/implicit_trees.h"

#include <limits.h>
#include <stdlib.h>

#include "starts_walk.h"

typedef struct {
  int32_t start;
  int32_t end;
  // The latest end in the subtree.
  int32_t latest_end;
  int32_t label;
} node;

// A node's index has as many one bits at its end as its level: leaves are even, the root's index is
// 2^levels - 1. Children of i at level k are i -+ 2^(k-1). Nodes beyond the array are not there.
struct limits_implicit_trees {
  node *nodes;
  size_t *first;
  int32_t *root_level;
  size_t rows;
};

static int by_start(const void *left, const void *right) {
  const node *a = left, *b = right;
  if (a->start != b->start) return a->start < b->start ? -1 : 1;
  return (a->end > b->end) - (a->end < b->end);
}

static int32_t later(int32_t a, int32_t b) { return a > b ? a : b; }

// Fills in the latest ends level by level; the level of the root.
static int32_t augment(node *nodes, size_t count) {
  if (count == 0) return -1;
  size_t last_index = 0;
  int32_t last_end = INT_MIN;
  for (size_t index = 0; index < count; index += 2) {
    last_index = index;
    last_end = nodes[index].latest_end = nodes[index].end;
  }
  int32_t level = 1;
  for (; (size_t)1 << level <= count; level++) {
    const size_t half = (size_t)1 << (level - 1);
    for (size_t index = half * 2 - 1; index < count; index += half * 4) {
      const int32_t left = nodes[index - half].latest_end;
      // A right child beyond the array: what is there of its subtree ends with the last node.
      const int32_t right = index + half < count ? nodes[index + half].latest_end : last_end;
      nodes[index].latest_end = later(nodes[index].end, later(left, right));
    }
    last_index = last_index >> level & 1 ? last_index - half : last_index + half;
    if (last_index < count) last_end = later(last_end, nodes[last_index].latest_end);
  }
  return level - 1;
}

limits_implicit_trees *limits_implicit_trees_make(
    const limits_span *spans, const uint32_t *first, size_t rows) {
  limits_implicit_trees *trees = limits_allocate(1, sizeof *trees);
  trees->rows = rows;
  trees->first = limits_allocate(rows + 1, sizeof(size_t));
  trees->root_level = limits_allocate(rows, sizeof(int32_t));
  trees->nodes = limits_allocate(first[rows], sizeof(node));
  for (size_t row = 0; row < rows; row++) {
    const uint32_t begin = first[row];
    const uint32_t end = first[row + 1];
    bool is_sorted = 1;
    for (uint32_t index = begin; index < end; index++) {
      trees->nodes[index] =
          (node){spans[index].start, spans[index].end, 0, (int32_t)(index - begin)};
      is_sorted &= index == begin || by_start(&trees->nodes[index - 1], &trees->nodes[index]) <= 0;
    }
    if (!is_sorted) qsort(trees->nodes + begin, end - begin, sizeof(node), by_start);
    trees->root_level[row] = augment(trees->nodes + begin, end - begin);
    trees->first[row + 1] = end;
  }
  return trees;
}

void limits_implicit_trees_free(limits_implicit_trees *trees) {
  free(trees->nodes);
  free(trees->first);
  free(trees->root_level);
  free(trees);
}

size_t limits_implicit_trees_bytes(const limits_implicit_trees *trees) {
  return trees->first[trees->rows] * sizeof(node);
}

typedef struct {
  size_t index;
  int32_t level;
  bool is_left_done;
} visit;

// Calls for each overlap, in order, until `max` were found; `found` may be NULL. Returns how many.
static size_t visit_overlaps(
    const node *nodes, size_t count, int32_t root_level, limits_span span, size_t max,
    limits_span *found) {
  visit stack[64];
  int depth = 0;
  size_t overlaps = 0;
  if (root_level < 0) return 0;
  stack[depth++] = (visit){((size_t)1 << root_level) - 1, root_level, 0};
  while (depth > 0) {
    const visit at = stack[--depth];
    if (at.level <= 3) {
      // A subtree of up to 15 nodes is read through.
      size_t index = at.index >> at.level << at.level;
      size_t end = index + ((size_t)1 << (at.level + 1)) - 1;
      if (end > count) end = count;
      for (; index < end && nodes[index].start < span.end; index++) {
        if (span.start >= nodes[index].end) continue;
        if (found != NULL) found[overlaps] = (limits_span){nodes[index].start, nodes[index].end};
        if (++overlaps == max) return overlaps;
      }
    } else if (!at.is_left_done) {
      const size_t left = at.index - ((size_t)1 << (at.level - 1));
      stack[depth++] = (visit){at.index, at.level, 1};
      // A left child beyond the array may have nodes that are in it.
      if (left >= count || nodes[left].latest_end > span.start) {
        stack[depth++] = (visit){left, at.level - 1, 0};
      }
    } else if (at.index < count && nodes[at.index].start < span.end) {
      if (span.start < nodes[at.index].end) {
        const node *own = &nodes[at.index];
        if (found != NULL) found[overlaps] = (limits_span){own->start, own->end};
        if (++overlaps == max) return overlaps;
      }
      stack[depth++] = (visit){at.index + ((size_t)1 << (at.level - 1)), at.level - 1, 0};
    }
  }
  return overlaps;
}

static size_t overlaps_of(
    const limits_implicit_trees *trees, size_t row, limits_span span, size_t max,
    limits_span *found) {
  const size_t first = trees->first[row];
  const size_t count = trees->first[row + 1] - first;
  return visit_overlaps(
      trees->nodes + first, count, trees->root_level[row], span, max, found);
}

size_t limits_implicit_trees_overlaps(
    const limits_implicit_trees *trees, size_t row, limits_span span) {
  return overlaps_of(trees, row, span, SIZE_MAX, NULL);
}

uint64_t limits_implicit_trees_collisions(
    const limits_implicit_trees *trees, const uint32_t *rows, const limits_span *spans,
    size_t count) {
  uint64_t colliding = 0;
  for (size_t index = 0; index < count; index++) {
    colliding += overlaps_of(trees, rows[index], spans[index], 1, NULL);
  }
  return colliding;
}

__attribute__((noinline)) size_t limits_implicit_trees_month(
    const limits_implicit_trees *trees, const limits_schedule *schedule, limits_month query,
    limits_shape shape, int32_t *found) {
  limits_span busy[limits_starts_max];
  // The last session may end after the month.
  const limits_span month = {query.from, query.until + shape.duration};
  const size_t taken = overlaps_of(trees, query.therapist, month, limits_starts_max, busy);
  limits_starts_walk walk = limits_walk(schedule, query.from, query.until, shape);
  size_t count = 0;
  size_t next = 0;
  for (int32_t start; (start = limits_next_open_start(&walk)) != INT32_MAX;) {
    while (next < taken && busy[next].end <= start) next++;
    if (next < taken && busy[next].start < start + shape.duration) {
      walk.position = limits_on_grid(&walk, busy[next].end);
    } else {
      walk.position = start + shape.grid;
      found[count++] = start;
    }
  }
  return count;
}

uint64_t limits_implicit_trees_months(
    const limits_implicit_trees *trees, const limits_population *population,
    const limits_month *queries, size_t count, limits_shape shape, int32_t *found) {
  uint64_t checksum = 0;
  for (size_t index = 0; index < count; index++) {
    const uint8_t schedule = population->schedule_of[queries[index].therapist];
    checksum += limits_checksum(
        found,
        limits_implicit_trees_month(
            trees, &population->schedules[schedule], queries[index], shape, found));
  }
  return checksum;
}
