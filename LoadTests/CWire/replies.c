#include "CWire/replies.h"

#include "arena_allocator.h"
#include "seduta/v1/appointments.pb-c.h"
#include "seduta/v1/clients.pb-c.h"
#include "seduta/v1/directory.pb-c.h"
#include "seduta/v1/slots.pb-c.h"

bool cwire_decode_search(
    cwire_arena *arena, const uint8_t *bytes, size_t size, cwire_search_reply *reply) {
  const Seduta__V1__SlotsSearchResponse *decoded =
      seduta__v1__slots_search_response__unpack(cwire_arena_allocator(arena), size, bytes);
  if (decoded == NULL) return false;
  *reply = (cwire_search_reply){
      .group_count = decoded->n_groups,
      .start_ms = decoded->start_ms,
      .start_count = decoded->n_start_ms,
      .group_index = decoded->group_index,
      .group_index_count = decoded->n_group_index,
      .groups = decoded->groups,
  };
  return true;
}

bool cwire_decode_lookup(
    cwire_arena *arena, const uint8_t *bytes, size_t size, cwire_search_reply *reply) {
  const Seduta__V1__SlotsBatchLookupResponse *decoded =
      seduta__v1__slots_batch_lookup_response__unpack(cwire_arena_allocator(arena), size, bytes);
  if (decoded == NULL) return false;
  *reply = (cwire_search_reply){
      .group_count = decoded->n_groups,
      .start_ms = decoded->start_ms,
      .start_count = decoded->n_start_ms,
      .group_index = decoded->group_index,
      .group_index_count = decoded->n_group_index,
      .groups = decoded->groups,
  };
  return true;
}

cwire_slot_group cwire_slot_group_at(cwire_search_reply reply, size_t index) {
  Seduta__V1__SlotGroup *const *groups = reply.groups;
  const Seduta__V1__SlotGroup *group = groups[index];
  return (cwire_slot_group){
      .therapist_id = group->therapist_id,
      .service_id = group->service_id,
      .location_id = group->location_id,
      .duration_minutes = group->duration_minutes,
      .start_ms = group->start_ms,
      .start_count = group->n_start_ms,
  };
}

static int64_t milliseconds(const Google__Protobuf__Timestamp *time) {
  return time == NULL ? 0 : time->seconds * 1000 + time->nanos / 1000000;
}

static bool flatten(const Seduta__V1__Appointment *decoded, cwire_appointment *appointment) {
  if (decoded == NULL) return false;
  *appointment = (cwire_appointment){
      .id = decoded->id,
      .therapist_id = decoded->therapist_id,
      .client_id = decoded->client_id,
      .service_id = decoded->service_id,
      .location_id = decoded->location_id,
      .start_ms = milliseconds(decoded->start_time),
      .end_ms = milliseconds(decoded->end_time),
      .state = (uint32_t)decoded->state,
  };
  return true;
}

bool cwire_decode_book(
    cwire_arena *arena, const uint8_t *bytes, size_t size, cwire_appointment *appointment) {
  const Seduta__V1__AppointmentsBookResponse *decoded =
      seduta__v1__appointments_book_response__unpack(cwire_arena_allocator(arena), size, bytes);
  return decoded != NULL && flatten(decoded->appointment, appointment);
}

bool cwire_decode_get(
    cwire_arena *arena, const uint8_t *bytes, size_t size, cwire_appointment *appointment) {
  const Seduta__V1__AppointmentsGetResponse *decoded =
      seduta__v1__appointments_get_response__unpack(cwire_arena_allocator(arena), size, bytes);
  return decoded != NULL && flatten(decoded->appointment, appointment);
}

bool cwire_decode_cancel(
    cwire_arena *arena, const uint8_t *bytes, size_t size, cwire_appointment *appointment) {
  const Seduta__V1__AppointmentsCancelResponse *decoded =
      seduta__v1__appointments_cancel_response__unpack(cwire_arena_allocator(arena), size, bytes);
  return decoded != NULL && flatten(decoded->appointment, appointment);
}

bool cwire_decode_services(
    cwire_arena *arena, const uint8_t *bytes, size_t size, cwire_page *page) {
  const Seduta__V1__DirectoryListServicesResponse *decoded =
      seduta__v1__directory_list_services_response__unpack(
          cwire_arena_allocator(arena), size, bytes);
  if (decoded == NULL) return false;
  *page = (cwire_page){
      .count = decoded->n_services,
      .next_page_token = decoded->next_page_token,
      .items = decoded->services,
  };
  return true;
}

cwire_service cwire_service_at(cwire_page page, size_t index) {
  Seduta__V1__Service *const *services = page.items;
  const Seduta__V1__Service *service = services[index];
  return (cwire_service){
      .id = service->id,
      .therapist_id = service->therapist_id,
      .kind = service->kind,
      .duration_minutes = service->duration_minutes,
  };
}

bool cwire_decode_clients(cwire_arena *arena, const uint8_t *bytes, size_t size, cwire_page *page) {
  const Seduta__V1__ClientsListResponse *decoded =
      seduta__v1__clients_list_response__unpack(cwire_arena_allocator(arena), size, bytes);
  if (decoded == NULL) return false;
  *page = (cwire_page){
      .count = decoded->n_clients,
      .next_page_token = decoded->next_page_token,
      .items = decoded->clients,
  };
  return true;
}

const char *cwire_client_id_at(cwire_page page, size_t index) {
  Seduta__V1__Client *const *clients = page.items;
  return clients[index]->id;
}

const char *cwire_decode_registered_id(cwire_arena *arena, const uint8_t *bytes, size_t size) {
  const Seduta__V1__ClientsRegisterResponse *decoded =
      seduta__v1__clients_register_response__unpack(cwire_arena_allocator(arena), size, bytes);
  return decoded == NULL || decoded->client == NULL ? NULL : decoded->client->id;
}
