// What every client of the peers' comparison measures, in the same way: requests answered in a window,
// their latency, and the processor time that the server took meanwhile.
#ifndef PEERS_MEASURE_H
#define PEERS_MEASURE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

// Each doubling of the latency is cut into 32 steps: no figure is off by more than some 3 %.
#define MEASURE_STEPS_LOG2 5
#define MEASURE_STEPS (1 << MEASURE_STEPS_LOG2)
#define MEASURE_BUCKETS ((64 - MEASURE_STEPS_LOG2 + 1) * MEASURE_STEPS)

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  // What goes before this is warm-up, and what comes after `end_ns` is not counted either.
  uint64_t begin_ns;
  uint64_t end_ns;
  uint64_t answered;
  uint64_t refused;
  uint64_t reply_bytes;
  uint64_t latency[MEASURE_BUCKETS];
  // 0: the server is not watched.
  int server_pid;
  double server_seconds_at_begin;
  double server_seconds;
  bool is_counting;
  bool is_over;
} measurement;

uint64_t measure_now_ns(void);

// A window of so many seconds, after a warm-up of a fifth of it.
measurement *measure_make(double seconds, int server_pid);

// For what needs no warm-up, and for what ends before its time.
void measure_begin(measurement *measure, uint64_t now_ns);
void measure_end(measurement *measure, uint64_t now_ns);

// To be called about once a millisecond or oftener. False: the window is over.
bool measure_goes_on(measurement *measure, uint64_t now_ns);

// Whether the window has ended.
bool measure_is_over(const measurement *measure);

void measure_answer(measurement *measure, uint64_t sent_ns, uint64_t now_ns, uint64_t reply_bytes);
void measure_refusal(measurement *measure);

// One line of JSON.
void measure_print(const measurement *measure, FILE *out);

// Says why, and ends the process with 1.
void give_up(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

#ifdef __cplusplus
}
#endif

#endif
