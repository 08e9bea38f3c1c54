// Answers every Slots/Search with a message of a fixed size, and does nothing else: the least that a server
// of this wire can do. It is the one that `seduta-load ci` calibrates against.
//
//   echo --port-file FILE --reply-bytes N
//
// Listens on a free port of 127.0.0.1 and writes it into the file. Ends on SIGTERM.
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "CEcho/CEcho.h"
#include "measure.h"

// What frames a message of some hundred bytes: the frame's length, and Reply with a call id of 5 bytes.
#define FRAMING_BYTES 16

int main(int count, char **arguments) {
  static const struct option options[] = {
      {"port-file", required_argument, NULL, 'p'}, {"reply-bytes", required_argument, NULL, 'b'},
      {NULL, 0, NULL, 0}};
  const char *port_file = NULL;
  size_t reply_size = 0;
  for (int option; (option = getopt_long(count, arguments, "", options, NULL)) != -1;) {
    switch (option) {
      case 'p': port_file = optarg; break;
      case 'b': reply_size = (size_t)atol(optarg); break;
      default: give_up("the comment on top of echo.c says how this is called");
    }
  }
  if (port_file == NULL || reply_size <= FRAMING_BYTES)
    give_up("--port-file and --reply-bytes are needed");
  uint8_t *message = calloc(1, reply_size);
  if (message == NULL) give_up("out of memory");
  const cecho_reply reply = {
      .method = "seduta.v1.Slots/Search",
      .message = message,
      .size = reply_size - FRAMING_BYTES,
  };
  const cecho *echo = cecho_start(&reply, 1, NULL);
  if (echo == NULL) give_up("cannot listen: %s", strerror(errno));
  FILE *file = fopen(port_file, "w");
  if (file == NULL) give_up("cannot write %s: %s", port_file, strerror(errno));
  fprintf(file, "%d\n", cecho_port(echo));
  fclose(file);
  while (pause() == -1) continue;
}
