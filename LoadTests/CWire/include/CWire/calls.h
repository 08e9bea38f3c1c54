// What the load generator says: each function appends one frame, its length in front.
// Strings end with 0; a null string is an empty one.
#ifndef CWIRE_CALLS_H
#define CWIRE_CALLS_H

#include <stddef.h>
#include <stdint.h>

#include "CWire/buffer.h"

// The first frame of a connection; protocol version 1.
void cwire_append_hello(
    cwire_buffer *out, const char *api_key, const char *client_name, const char *client_version);

// Answers the server's Ping with its own bytes.
void cwire_append_pong(cwire_buffer *out, const uint8_t *opaque, size_t size);

// What every call carries.
typedef struct {
  // Not 0, never used twice on a connection.
  uint64_t call_id;
  // 0 means no limit.
  uint32_t timeout_ms;
  // Needed by calls that write.
  const char *idempotency_key;
} cwire_call;

// Slots/Search. Times in milliseconds since 1970 in UTC.
typedef struct {
  int64_t from_ms;
  int64_t until_ms;
  const char *const *therapist_ids;
  size_t therapist_count;
  const char *service_id;
  const char *service_kind;
  int32_t page_size;
} cwire_search;

void cwire_append_search(cwire_buffer *out, cwire_call call, cwire_search search);

// Slots/BatchLookup for the first free start of each therapist. Times in milliseconds since 1970 in UTC.
typedef struct {
  int64_t from_ms;
  int64_t until_ms;
  const char *const *therapist_ids;
  size_t therapist_count;
  const char *service_kind;
} cwire_lookup;

void cwire_append_lookup(cwire_buffer *out, cwire_call call, cwire_lookup lookup);

// Appointments/Book for a client who is registered, in the first room that is free.
typedef struct {
  const char *therapist_id;
  const char *service_id;
  const char *location_id;
  const char *client_id;
  int64_t start_ms;
} cwire_booking;

void cwire_append_book(cwire_buffer *out, cwire_call call, cwire_booking booking);

// Appointments/Cancel, whatever the appointment's version.
void cwire_append_cancel(
    cwire_buffer *out, cwire_call call, const char *appointment_id, const char *reason);

// Appointments/Get.
void cwire_append_get(cwire_buffer *out, cwire_call call, const char *appointment_id);

// Directory/ListServices and Clients/List; no page token means the first page.
void cwire_append_list_services(
    cwire_buffer *out, cwire_call call, int32_t page_size, const char *page_token);
void cwire_append_list_clients(
    cwire_buffer *out, cwire_call call, int32_t page_size, const char *page_token);

// Clients/Register, with both consents.
typedef struct {
  const char *name;
  const char *email;
  const char *phone;
  const char *language;
  const char *time_zone;
  const char *consent_version;
  // When both were given, in seconds since 1970 in UTC.
  int64_t consent_seconds;
} cwire_registration;

void cwire_append_register(cwire_buffer *out, cwire_call call, cwire_registration registration);

#endif
