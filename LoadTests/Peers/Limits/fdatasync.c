// How long it takes to have a page on disk: what no durable write can beat. Appended to a file, whose new
// length has to be on disk, too; or written over one that is there, as a log does that is used again.
//
//   fdatasync-page --file FILE [--overwrite] [--seconds S]
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "measure.h"

// SQLite's.
#define PAGE_BYTES 4096
// Pages that are written over in turn.
#define OLD_PAGES 256

static char page[PAGE_BYTES];

static void write_page(int file, off_t place) {
  if (pwrite(file, page, sizeof page, place * PAGE_BYTES) != PAGE_BYTES)
    give_up("cannot write: %s", strerror(errno));
}

int main(int count, char **arguments) {
  static const struct option options[] = {
      {"file", required_argument, NULL, 'f'}, {"seconds", required_argument, NULL, 's'},
      {"overwrite", no_argument, NULL, 'o'}, {NULL, 0, NULL, 0}};
  const char *path = NULL;
  double seconds = 2;
  bool overwrites = false;
  for (int option; (option = getopt_long(count, arguments, "", options, NULL)) != -1;) {
    switch (option) {
      case 'f': path = optarg; break;
      case 's': seconds = atof(optarg); break;
      case 'o': overwrites = true; break;
      default: give_up("the comment on top of fdatasync.c says how this is called");
    }
  }
  if (path == NULL) give_up("--file is needed");
  const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) give_up("cannot write %s: %s", path, strerror(errno));
  for (off_t place = 0; overwrites && place < OLD_PAGES; place++) write_page(file, place);
  if (fsync(file) != 0) give_up("cannot write %s: %s", path, strerror(errno));
  off_t place = 0;
  measurement *measure = measure_make(seconds, 0);
  for (uint64_t sent_ns = measure_now_ns(); measure_goes_on(measure, sent_ns);
       sent_ns = measure_now_ns()) {
    memset(page, (int)(sent_ns & 0xff), sizeof page);
    write_page(file, overwrites ? place++ % OLD_PAGES : place++);
    if (fdatasync(file) != 0) give_up("cannot write %s: %s", path, strerror(errno));
    measure_answer(measure, sent_ns, measure_now_ns(), 0);
  }
  measure_print(measure, stdout);
  unlink(path);
  return 0;
}
