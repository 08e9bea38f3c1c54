#include "CWire/calls.h"

#include "seduta/v1/appointments.pb-c.h"
#include "seduta/v1/clients.pb-c.h"
#include "seduta/v1/directory.pb-c.h"
#include "seduta/v1/slots.pb-c.h"
#include "seduta/wire/v1/frames.pb-c.h"

#define LENGTH_BYTES 4

// protobuf-c's structs serve for reading and writing, so their strings are not const; packing only
// reads them.
static char *text(const char *string) { return (char *)string; }

static void put_length(uint8_t *at, size_t length) {
  at[0] = (uint8_t)(length >> 24);
  at[1] = (uint8_t)(length >> 16);
  at[2] = (uint8_t)(length >> 8);
  at[3] = (uint8_t)length;
}

static void append_frame(cwire_buffer *out, const Seduta__Wire__V1__ClientFrame *frame) {
  const size_t size = seduta__wire__v1__client_frame__get_packed_size(frame);
  uint8_t *at = cwire_buffer_reserve(out, LENGTH_BYTES + size);
  put_length(at, size);
  seduta__wire__v1__client_frame__pack(frame, at + LENGTH_BYTES);
  out->end += LENGTH_BYTES + size;
}

static void append_call(
    cwire_buffer *out, cwire_call call, const char *method, const ProtobufCMessage *request) {
  Seduta__Wire__V1__Call body = SEDUTA__WIRE__V1__CALL__INIT;
  body.call_id = call.call_id;
  body.method = text(method);
  body.timeout_ms = call.timeout_ms;
  body.idempotency_key = text(call.idempotency_key);
  body.message.len = protobuf_c_message_get_packed_size(request);
  // Any address will do for measuring: an absent one would count as an empty field.
  body.message.data = (uint8_t *)text(method);

  Seduta__Wire__V1__ClientFrame frame = SEDUTA__WIRE__V1__CLIENT_FRAME__INIT;
  frame.frame_case = SEDUTA__WIRE__V1__CLIENT_FRAME__FRAME_CALL;
  frame.call = &body;

  // The request is packed behind the place where the frame will be, then copied into the frame.
  const size_t size = seduta__wire__v1__client_frame__get_packed_size(&frame);
  uint8_t *at = cwire_buffer_reserve(out, LENGTH_BYTES + size + body.message.len);
  body.message.data = at + LENGTH_BYTES + size;
  protobuf_c_message_pack(request, body.message.data);
  put_length(at, size);
  seduta__wire__v1__client_frame__pack(&frame, at + LENGTH_BYTES);
  out->end += LENGTH_BYTES + size;
}

void cwire_append_hello(
    cwire_buffer *out, const char *api_key, const char *client_name, const char *client_version) {
  Seduta__Wire__V1__Hello hello = SEDUTA__WIRE__V1__HELLO__INIT;
  hello.version_min = 1;
  hello.version_max = 1;
  hello.api_key = text(api_key);
  hello.client_name = text(client_name);
  hello.client_version = text(client_version);
  Seduta__Wire__V1__ClientFrame frame = SEDUTA__WIRE__V1__CLIENT_FRAME__INIT;
  frame.frame_case = SEDUTA__WIRE__V1__CLIENT_FRAME__FRAME_HELLO;
  frame.hello = &hello;
  append_frame(out, &frame);
}

void cwire_append_pong(cwire_buffer *out, const uint8_t *opaque, size_t size) {
  Seduta__Wire__V1__Pong pong = SEDUTA__WIRE__V1__PONG__INIT;
  pong.opaque.data = (uint8_t *)opaque;
  pong.opaque.len = size;
  Seduta__Wire__V1__ClientFrame frame = SEDUTA__WIRE__V1__CLIENT_FRAME__INIT;
  frame.frame_case = SEDUTA__WIRE__V1__CLIENT_FRAME__FRAME_PONG;
  frame.pong = &pong;
  append_frame(out, &frame);
}

void cwire_append_search(cwire_buffer *out, cwire_call call, cwire_search search) {
  Seduta__V1__SlotFilter filter = SEDUTA__V1__SLOT_FILTER__INIT;
  filter.n_therapist_ids = search.therapist_count;
  filter.therapist_ids = (char **)search.therapist_ids;
  filter.service_id = text(search.service_id);
  filter.service_kind = text(search.service_kind);
  Seduta__V1__SlotsSearchRequest request = SEDUTA__V1__SLOTS_SEARCH_REQUEST__INIT;
  request.from_ms = search.from_ms;
  request.until_ms = search.until_ms;
  request.filter = &filter;
  request.page_size = search.page_size;
  append_call(out, call, "seduta.v1.Slots/Search", &request.base);
}

void cwire_append_lookup(cwire_buffer *out, cwire_call call, cwire_lookup lookup) {
  Seduta__V1__SlotFilter filter = SEDUTA__V1__SLOT_FILTER__INIT;
  filter.service_kind = text(lookup.service_kind);
  Seduta__V1__SlotsBatchLookupRequest request = SEDUTA__V1__SLOTS_BATCH_LOOKUP_REQUEST__INIT;
  request.n_therapist_ids = lookup.therapist_count;
  request.therapist_ids = (char **)lookup.therapist_ids;
  request.kind = SEDUTA__V1__BATCH_LOOKUP_KIND__BATCH_LOOKUP_KIND_FIRST_FREE;
  request.from_ms = lookup.from_ms;
  request.until_ms = lookup.until_ms;
  request.filter = &filter;
  append_call(out, call, "seduta.v1.Slots/BatchLookup", &request.base);
}

void cwire_append_book(cwire_buffer *out, cwire_call call, cwire_booking booking) {
  Seduta__V1__AppointmentsBookRequest request = SEDUTA__V1__APPOINTMENTS_BOOK_REQUEST__INIT;
  request.therapist_id = text(booking.therapist_id);
  request.service_id = text(booking.service_id);
  request.location_id = text(booking.location_id);
  request.start_ms = booking.start_ms;
  request.client_case = SEDUTA__V1__APPOINTMENTS_BOOK_REQUEST__CLIENT_CLIENT_ID;
  request.client_id = text(booking.client_id);
  append_call(out, call, "seduta.v1.Appointments/Book", &request.base);
}

void cwire_append_cancel(
    cwire_buffer *out, cwire_call call, const char *appointment_id, const char *reason) {
  Seduta__V1__AppointmentsCancelRequest request = SEDUTA__V1__APPOINTMENTS_CANCEL_REQUEST__INIT;
  request.appointment_id = text(appointment_id);
  request.reason = text(reason);
  append_call(out, call, "seduta.v1.Appointments/Cancel", &request.base);
}

void cwire_append_get(cwire_buffer *out, cwire_call call, const char *appointment_id) {
  Seduta__V1__AppointmentsGetRequest request = SEDUTA__V1__APPOINTMENTS_GET_REQUEST__INIT;
  request.appointment_id = text(appointment_id);
  append_call(out, call, "seduta.v1.Appointments/Get", &request.base);
}

void cwire_append_list_services(
    cwire_buffer *out, cwire_call call, int32_t page_size, const char *page_token) {
  Seduta__V1__DirectoryListServicesRequest request =
      SEDUTA__V1__DIRECTORY_LIST_SERVICES_REQUEST__INIT;
  request.page_size = page_size;
  request.page_token = text(page_token);
  append_call(out, call, "seduta.v1.Directory/ListServices", &request.base);
}

void cwire_append_list_clients(
    cwire_buffer *out, cwire_call call, int32_t page_size, const char *page_token) {
  Seduta__V1__ClientsListRequest request = SEDUTA__V1__CLIENTS_LIST_REQUEST__INIT;
  request.page_size = page_size;
  request.page_token = text(page_token);
  append_call(out, call, "seduta.v1.Clients/List", &request.base);
}

void cwire_append_register(cwire_buffer *out, cwire_call call, cwire_registration registration) {
  Google__Protobuf__Timestamp accepted = GOOGLE__PROTOBUF__TIMESTAMP__INIT;
  accepted.seconds = registration.consent_seconds;
  Seduta__V1__Consent consent = SEDUTA__V1__CONSENT__INIT;
  consent.version = text(registration.consent_version);
  consent.accept_time = &accepted;
  Seduta__V1__ClientRegistration person = SEDUTA__V1__CLIENT_REGISTRATION__INIT;
  person.name = text(registration.name);
  person.email = text(registration.email);
  person.phone = text(registration.phone);
  person.language = text(registration.language);
  person.time_zone = text(registration.time_zone);
  person.terms = &consent;
  person.data_processing = &consent;
  Seduta__V1__ClientsRegisterRequest request = SEDUTA__V1__CLIENTS_REGISTER_REQUEST__INIT;
  request.client = &person;
  append_call(out, call, "seduta.v1.Clients/Register", &request.base);
}
