#include "CWire/frames.h"

#include "arena_allocator.h"
#include "seduta/wire/v1/frames.pb-c.h"
#include "seduta/wire/v1/status.pb-c.h"

static cwire_status status_of(const Seduta__Wire__V1__Status *status) {
  if (status == NULL) return (cwire_status){.code = CWIRE_OK, .message = "", .reason = ""};
  return (cwire_status){
      .code = (uint32_t)status->code,
      .message = status->message,
      .reason = status->error_info == NULL ? "" : status->error_info->reason,
  };
}

bool cwire_decode_frame(
    cwire_arena *arena, const uint8_t *bytes, size_t size, cwire_frame *frame) {
  const Seduta__Wire__V1__ServerFrame *decoded =
      seduta__wire__v1__server_frame__unpack(cwire_arena_allocator(arena), size, bytes);
  if (decoded == NULL) return false;
  *frame = (cwire_frame){.kind = CWIRE_OTHER, .server_version = ""};
  frame->status = status_of(NULL);
  switch (decoded->frame_case) {
    case SEDUTA__WIRE__V1__SERVER_FRAME__FRAME_WELCOME:
      frame->kind = CWIRE_WELCOME;
      frame->server_version = decoded->welcome->server_version;
      if (decoded->welcome->limits != NULL) {
        frame->calls_in_flight_max = decoded->welcome->limits->calls_in_flight_max;
      }
      break;
    case SEDUTA__WIRE__V1__SERVER_FRAME__FRAME_REPLY:
      frame->kind = CWIRE_REPLY;
      frame->call_id = decoded->reply->call_id;
      frame->status = status_of(decoded->reply->status);
      frame->bytes = decoded->reply->message.data;
      frame->size = decoded->reply->message.len;
      break;
    case SEDUTA__WIRE__V1__SERVER_FRAME__FRAME_PING:
      frame->kind = CWIRE_PING;
      frame->bytes = decoded->ping->opaque.data;
      frame->size = decoded->ping->opaque.len;
      break;
    case SEDUTA__WIRE__V1__SERVER_FRAME__FRAME_GOAWAY:
      frame->kind = CWIRE_GOAWAY;
      frame->status = status_of(decoded->goaway->status);
      break;
    case SEDUTA__WIRE__V1__SERVER_FRAME__FRAME_PONG:
    case SEDUTA__WIRE__V1__SERVER_FRAME__FRAME__NOT_SET:
    default:
      break;
  }
  return true;
}

const char *cwire_code_name(uint32_t code) {
  if (code == CWIRE_OK) return "OK";
  const ProtobufCEnumValue *value =
      protobuf_c_enum_descriptor_get_value(&seduta__wire__v1__code__descriptor, (int)code);
  return value == NULL ? "UNKNOWN" : value->name + sizeof "CODE_" - 1;
}
