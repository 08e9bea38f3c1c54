// The wire as the load generator speaks it: protobuf-c, so that every load test also checks the
// contract with a second, independent implementation. The generated structs stay behind these few
// functions; Swift sees flat values whose pointers live as long as the arena they were decoded into.
#ifndef CWIRE_H
#define CWIRE_H

#include "CWire/arena.h"
#include "CWire/buffer.h"
#include "CWire/calls.h"
#include "CWire/frames.h"
#include "CWire/poller.h"
#include "CWire/replies.h"
#include "CWire/skim.h"
#include "CWire/templates.h"

#endif
