#include "measure.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_S 1000000000.0
#define WARM_UP_SHARE 0.2

void give_up(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vfprintf(stderr, format, arguments);
  va_end(arguments);
  fputc('\n', stderr);
  exit(1);
}

uint64_t measure_now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

measurement *measure_make(double seconds, int server_pid) {
  measurement *made = calloc(1, sizeof *made);
  if (made == NULL) give_up("out of memory");
  made->begin_ns = measure_now_ns() + (uint64_t)(seconds * WARM_UP_SHARE * NS_PER_S);
  made->end_ns = made->begin_ns + (uint64_t)(seconds * NS_PER_S);
  made->server_pid = server_pid;
  return made;
}

// User and system time of a process so far.
static double processor_seconds(int pid) {
  char path[64], line[1024];
  snprintf(path, sizeof path, "/proc/%d/stat", pid);
  FILE *file = fopen(path, "r");
  if (file == NULL || fgets(line, sizeof line, file) == NULL) give_up("no process %d", pid);
  fclose(file);
  // The name of the program is in parentheses and may hold anything; the rest is numbers.
  const char *rest = strrchr(line, ')');
  unsigned long user = 0, system = 0;
  if (rest == NULL ||
      sscanf(rest, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2)
    give_up("cannot read %s", path);
  return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

void measure_begin(measurement *measure, uint64_t now_ns) {
  // The whole window is ahead, if there was no warm-up.
  measure->end_ns += now_ns - measure->begin_ns;
  measure->begin_ns = now_ns;
  measure->is_counting = true;
  if (measure->server_pid) measure->server_seconds_at_begin = processor_seconds(measure->server_pid);
}

void measure_end(measurement *measure, uint64_t now_ns) {
  measure->end_ns = now_ns;
  measure->is_counting = false;
  measure->is_over = true;
  if (measure->server_pid)
    measure->server_seconds =
        processor_seconds(measure->server_pid) - measure->server_seconds_at_begin;
}

bool measure_goes_on(measurement *measure, uint64_t now_ns) {
  if (!measure->is_counting && now_ns >= measure->begin_ns) measure_begin(measure, now_ns);
  if (now_ns < measure->end_ns) return true;
  measure_end(measure, now_ns);
  return false;
}

bool measure_is_over(const measurement *measure) { return measure->is_over; }

static unsigned bucket(uint64_t ns) {
  if (ns < MEASURE_STEPS) return (unsigned)ns;
  const unsigned power = 63u - (unsigned)__builtin_clzll(ns);
  const unsigned shift = power - MEASURE_STEPS_LOG2;
  return (shift + 1) * MEASURE_STEPS + (unsigned)((ns >> shift) - MEASURE_STEPS);
}

// The highest latency that falls into a bucket.
static double bucket_ns(unsigned index) {
  if (index < MEASURE_STEPS) return index;
  const unsigned shift = index / MEASURE_STEPS - 1;
  return (double)((((uint64_t)(index % MEASURE_STEPS) + MEASURE_STEPS + 1) << shift) - 1);
}

void measure_answer(measurement *measure, uint64_t sent_ns, uint64_t now_ns, uint64_t reply_bytes) {
  if (!measure->is_counting) return;
  measure->answered++;
  measure->reply_bytes += reply_bytes;
  measure->latency[bucket(now_ns - sent_ns)]++;
}

void measure_refusal(measurement *measure) {
  if (measure->is_counting) measure->refused++;
}

static double percentile_us(const measurement *measure, double share) {
  const double wanted = share * (double)measure->answered;
  double seen = 0;
  for (unsigned index = 0; index < MEASURE_BUCKETS; index++) {
    seen += (double)measure->latency[index];
    if (seen > 0 && seen >= wanted) return bucket_ns(index) / 1e3;
  }
  return 0;
}

void measure_print(const measurement *measure, FILE *out) {
  const double seconds = (double)(measure->end_ns - measure->begin_ns) / NS_PER_S;
  const double answered = measure->answered > 0 ? (double)measure->answered : 1;
  fprintf(
      out,
      "{\"per_second\": %.1f, \"p50_us\": %.1f, \"p99_us\": %.1f, \"refused\": %llu, "
      "\"reply_bytes\": %.0f, \"server_us\": %.3f}\n",
      (double)measure->answered / seconds, percentile_us(measure, 0.5),
      percentile_us(measure, 0.99), (unsigned long long)measure->refused,
      (double)measure->reply_bytes / answered, measure->server_seconds * 1e6 / answered);
}
