// The response messages, decoded. Every function answers false when the bytes are no such message.
// Strings are never null; pointers live until the arena is reset.
#ifndef CWIRE_REPLIES_H
#define CWIRE_REPLIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CWire/arena.h"

// SlotsSearchResponse.
typedef struct {
  size_t group_count;
  // Across therapists: starts in order of time, and the group that each belongs to.
  const int64_t *start_ms;
  size_t start_count;
  const uint32_t *group_index;
  size_t group_index_count;
  // protobuf-c's own structs: read them with cwire_slot_group_at.
  const void *groups;
} cwire_search_reply;

typedef struct {
  const char *therapist_id;
  const char *service_id;
  const char *location_id;
  int32_t duration_minutes;
  // In a search of a single therapist.
  const int64_t *start_ms;
  size_t start_count;
} cwire_slot_group;

bool cwire_decode_search(
    cwire_arena *arena, const uint8_t *bytes, size_t size, cwire_search_reply *reply);

// `index` is below `group_count`.
cwire_slot_group cwire_slot_group_at(cwire_search_reply reply, size_t index);

// SlotsBatchLookupResponse: the same, each start in the place of its therapist.
bool cwire_decode_lookup(
    cwire_arena *arena, const uint8_t *bytes, size_t size, cwire_search_reply *reply);

// seduta.v1.AppointmentState.
enum {
  CWIRE_SCHEDULED = 1,
  CWIRE_CANCELLED_BY_CLIENT = 2,
  CWIRE_CANCELLED_BY_THERAPIST = 3,
};

typedef struct {
  const char *id;
  const char *therapist_id;
  const char *client_id;
  const char *service_id;
  const char *location_id;
  int64_t start_ms;
  int64_t end_ms;
  uint32_t state;
} cwire_appointment;

// Each also false when the response holds no appointment.
bool cwire_decode_book(
    cwire_arena *arena, const uint8_t *bytes, size_t size, cwire_appointment *appointment);
bool cwire_decode_get(
    cwire_arena *arena, const uint8_t *bytes, size_t size, cwire_appointment *appointment);
bool cwire_decode_cancel(
    cwire_arena *arena, const uint8_t *bytes, size_t size, cwire_appointment *appointment);

// A page of a list.
typedef struct {
  size_t count;
  // Empty: it was the last page.
  const char *next_page_token;
  // protobuf-c's own structs: read them with cwire_service_at or cwire_client_id_at.
  const void *items;
} cwire_page;

typedef struct {
  const char *id;
  const char *therapist_id;
  const char *kind;
  int32_t duration_minutes;
} cwire_service;

bool cwire_decode_services(
    cwire_arena *arena, const uint8_t *bytes, size_t size, cwire_page *page);
cwire_service cwire_service_at(cwire_page page, size_t index);

bool cwire_decode_clients(cwire_arena *arena, const uint8_t *bytes, size_t size, cwire_page *page);
const char *cwire_client_id_at(cwire_page page, size_t index);

// Null when the bytes are no ClientsRegisterResponse, or one without a client.
const char *cwire_decode_registered_id(cwire_arena *arena, const uint8_t *bytes, size_t size);

#endif
