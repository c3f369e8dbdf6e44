// Times two commands as whole processes, one after the other, many times: the median of the ratios of pairs, with
// an interval that holds the true median in 95 of 100 cases, and the median of each. What they print is dropped.
//   pairs ROUNDS COMMAND... -- COMMAND...
// The ratio is second by first. Ends with 1 where a command does not end with 0. Build: bench/limits/build.sh
#define _GNU_SOURCE
#include <fcntl.h>
#include <math.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double run(char **command) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  double start = now();
  pid_t process;
  int status = 0;
  int failed = posix_spawnp(&process, command[0], &actions, NULL, command, environ);
  if (failed != 0 || waitpid(process, &status, 0) < 0 || status != 0) {
    fprintf(stderr, "pairs: %s: %s\n", command[0], failed != 0 ? strerror(failed) : "did not end with 0");
    exit(1);
  }

  double seconds = now() - start;
  posix_spawn_file_actions_destroy(&actions);
  return seconds;
}

static int compare(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

int main(int argc, char **argv) {
  int rounds = argc > 4 ? atoi(argv[1]) : 0;
  int split = 2;
  while (split < argc && strcmp(argv[split], "--") != 0) split++;
  if (rounds < 6 || split + 1 >= argc) {
    fprintf(stderr, "usage: pairs ROUNDS COMMAND... -- COMMAND...   (at least 6 rounds)\n");
    return 2;
  }

  argv[split] = NULL;
  char **first = argv + 2, **second = argv + split + 1;
  double *times = malloc(3 * sizeof(double) * (size_t)rounds);
  if (times == NULL) return 1;
  double *firsts = times, *seconds = times + rounds, *ratios = times + 2 * rounds;
  run(first);
  run(second);
  for (int i = 0; i < rounds; i++) {
    // Which of them goes first changes.
    if (i % 2 == 0) firsts[i] = run(first);
    seconds[i] = run(second);
    if (i % 2 != 0) firsts[i] = run(first);
    ratios[i] = seconds[i] / firsts[i];
  }

  for (int k = 0; k < 3; k++) qsort(times + k * rounds, (size_t)rounds, sizeof(double), compare);
  // The ranks between which the median of a binomial lies.
  int low = (int)floor(rounds / 2.0 - 0.98 * sqrt(rounds));
  if (low < 0) low = 0;
  printf("%.2f  95%% %.2f to %.2f   first %.1f ms (least %.1f)   second %.1f ms (least %.1f)\n", ratios[rounds / 2],
         ratios[low], ratios[rounds - 1 - low], firsts[rounds / 2] * 1e3, firsts[0] * 1e3,
         seconds[rounds / 2] * 1e3, seconds[0] * 1e3);
  free(times);
  return 0;
}
