// Calls that are made a million times and differ in a few numbers: encoded once by protobuf-c, then
// copied, with the numbers written over. A load generator that takes longer to ask than the server to
// answer measures itself.
#ifndef CWIRE_TEMPLATES_H
#define CWIRE_TEMPLATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CWire/buffer.h"
#include "CWire/calls.h"

typedef struct cwire_template cwire_template;

// Call ids from here on, and only they, fit a template.
#define CWIRE_TEMPLATE_CALL_ID_MIN 0x2000000000000
#define CWIRE_TEMPLATE_CALL_ID_MAX 0xFFFFFFFFFFFFFF

// Of Slots/Search, and of Slots/BatchLookup for the first free start. The times given do not matter.
// Ends the process when there is no memory.
cwire_template *cwire_search_template(cwire_search search);
cwire_template *cwire_lookup_template(cwire_lookup lookup);

// Appends the call under the id, with these times. False, with nothing appended, when a number takes
// another length than the template has room for: times from 1972 to 2108 always fit.
bool cwire_append_from_template(
    cwire_buffer *out, const cwire_template *call, uint64_t call_id, int64_t from_ms,
    int64_t until_ms);

void cwire_template_free(cwire_template *call);

#endif
