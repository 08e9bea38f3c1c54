#include "answers.h"

#include <stdlib.h>
#include <string.h>

#define LENGTH_BYTES 4
#define FRAME_BYTES_MAX (4u << 20)

// Tags of frames.proto: the field's number and its wire type.
enum {
  CLIENT_HELLO = 1 << 3 | 2,
  CLIENT_CALL = 2 << 3 | 2,
  CALL_ID = 1 << 3 | 0,
  CALL_METHOD = 2 << 3 | 2,
  SERVER_REPLY = 2 << 3 | 2,
  REPLY_CALL_ID = 1 << 3 | 0,
  REPLY_MESSAGE = 3 << 3 | 2,
};

// Welcome {version: 1, server_version: "echo", limits: {calls_in_flight_max: 1024}}.
static const uint8_t welcome[] = {0,    0,   0,   15,  0x0A, 13,   0x08, 0x01, 0x12, 4,
                                  'e',  'c', 'h', 'o', 0x1A, 3,    0x10, 0x80, 0x08};

static const cecho_reply none = {.method = "", .message = NULL, .size = 0, .is_durable = false};

cecho_answers cecho_answers_make(const cecho_reply *replies, size_t count) {
  cecho_answers answers = {.replies = calloc(count + 1, sizeof *replies), .count = count};
  if (answers.replies == NULL) abort();
  for (size_t index = 0; index < count; index++) {
    uint8_t *message = malloc(replies[index].size + 1);
    if (message == NULL) abort();
    if (replies[index].size > 0) memcpy(message, replies[index].message, replies[index].size);
    answers.replies[index] = replies[index];
    answers.replies[index].method = strdup(replies[index].method);
    answers.replies[index].message = message;
  }
  return answers;
}

void cecho_answers_free(cecho_answers *answers) {
  for (size_t index = 0; index < answers->count; index++) {
    free((char *)answers->replies[index].method);
    free((uint8_t *)answers->replies[index].message);
  }
  free(answers->replies);
}

static const cecho_reply *find(
    const cecho_answers *answers, const uint8_t *method, size_t method_size) {
  for (size_t index = 0; index < answers->count; index++) {
    const cecho_reply *reply = &answers->replies[index];
    if (strlen(reply->method) == method_size && memcmp(reply->method, method, method_size) == 0) {
      return reply;
    }
  }
  return &none;
}

static void put_length(uint8_t *at, size_t length) {
  for (int place = 0; place < LENGTH_BYTES; place++) at[place] = (uint8_t)(length >> (24 - 8 * place));
}

static void append_reply(cecho_bytes *out, uint64_t call_id, const cecho_reply *reply) {
  uint8_t head[2 * CECHO_VARINT_MAX + 2];
  size_t head_size = 0;
  head[head_size++] = REPLY_CALL_ID;
  head_size += cecho_put_varint(head + head_size, call_id);
  if (reply->size > 0) {
    head[head_size++] = REPLY_MESSAGE;
    head_size += cecho_put_varint(head + head_size, reply->size);
  }
  const size_t body = head_size + reply->size;
  uint8_t *at = cecho_bytes_reserve(out, LENGTH_BYTES + 1 + CECHO_VARINT_MAX + body);
  uint8_t *frame = at + LENGTH_BYTES;
  uint8_t *cursor = frame;
  *cursor++ = SERVER_REPLY;
  cursor += cecho_put_varint(cursor, body);
  memcpy(cursor, head, head_size);
  cursor += head_size;
  if (reply->size > 0) memcpy(cursor, reply->message, reply->size);
  cursor += reply->size;
  put_length(at, (size_t)(cursor - frame));
  out->end += (size_t)(cursor - at);
}

// A Call's id and method come first: every encoder that the harness uses writes fields in order.
static bool answer_call(
    const cecho_answers *answers, const uint8_t *at, const uint8_t *end, cecho_bytes *out,
    bool *is_durable) {
  uint64_t size = 0, call_id = 0, method_size = 0;
  if (!cecho_take_varint(&at, end, &size) || size != (uint64_t)(end - at)) return false;
  if (at == end || *at++ != CALL_ID || !cecho_take_varint(&at, end, &call_id)) return false;
  if (at == end || *at++ != CALL_METHOD || !cecho_take_varint(&at, end, &method_size)) return false;
  if (method_size > (uint64_t)(end - at)) return false;
  const cecho_reply *reply = find(answers, at, (size_t)method_size);
  *is_durable = reply->is_durable;
  append_reply(out, call_id, reply);
  return true;
}

bool cecho_answer(
    const cecho_answers *answers, cecho_bytes *in, cecho_bytes *out, cecho_bytes *journal) {
  while (in->end - in->begin > LENGTH_BYTES) {
    const uint8_t *at = in->bytes + in->begin;
    const size_t length =
        (size_t)at[0] << 24 | (size_t)at[1] << 16 | (size_t)at[2] << 8 | (size_t)at[3];
    if (length == 0 || length > FRAME_BYTES_MAX) return false;
    if (in->end - in->begin < LENGTH_BYTES + length) return true;
    const uint8_t *frame = at + LENGTH_BYTES;
    if (frame[0] == CLIENT_HELLO) {
      cecho_bytes_append(out, welcome, sizeof welcome);
    } else if (frame[0] == CLIENT_CALL) {
      bool is_durable = false;
      if (!answer_call(answers, frame + 1, frame + length, out, &is_durable)) return false;
      if (is_durable) cecho_bytes_append(journal, at, LENGTH_BYTES + length);
    }
    in->begin += LENGTH_BYTES + length;
  }
  return true;
}
