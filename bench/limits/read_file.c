// What a whole process of `graph-order walk IMAGE` is measured against: reads a file once, from its beginning to
// its end, 1 MiB at a time, and does nothing with it. Build: bench/limits/build.sh
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
  enum { kPiece = 1 << 20 };
  if (argc != 2) {
    fprintf(stderr, "usage: read_file FILE\n");
    return 2;
  }

  int file = open(argv[1], O_RDONLY | O_CLOEXEC);
  void *buffer = NULL;
  if (file < 0 || posix_memalign(&buffer, 4096, kPiece) != 0) {
    fprintf(stderr, "read_file: %s\n", strerror(errno));
    return 3;
  }

  unsigned long long bytes = 0;
  ssize_t piece;
  while ((piece = read(file, buffer, kPiece)) > 0) bytes += (unsigned long long)piece;
  if (piece < 0) {
    fprintf(stderr, "read_file: %s\n", strerror(errno));
    return 3;
  }

  printf("%llu bytes\n", bytes);
  return 0;
}
