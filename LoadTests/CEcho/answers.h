// What the echo says to a frame.
#ifndef CECHO_ANSWERS_H
#define CECHO_ANSWERS_H

#include "CEcho/CEcho.h"
#include "bytes.h"

typedef struct {
  cecho_reply *replies;
  size_t count;
} cecho_answers;

// Copies methods and messages.
cecho_answers cecho_answers_make(const cecho_reply *replies, size_t count);

void cecho_answers_free(cecho_answers *answers);

// Takes all whole frames off `in`, appends what answers them to `out`, and those that are to be durable
// to `journal`. False: the client sent what is no frame.
bool cecho_answer(
    const cecho_answers *answers, cecho_bytes *in, cecho_bytes *out, cecho_bytes *journal);

#endif
