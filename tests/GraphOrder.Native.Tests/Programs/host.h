/* What the test programs share: a check that names its line, files, numbers of /proc. */
#define _GNU_SOURCE
#include <graphorder.h>

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXPECT(condition)                                                                                    \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            char said[512];                                                                                  \
            int status = graphorder_last_error(said, sizeof said, NULL);                                     \
            fprintf(stderr, "%s:%d: not so: %s (last error %d: %s)\n", __FILE__, __LINE__, #condition, status, said); \
            exit(1);                                                                                         \
        }                                                                                                    \
    } while (0)

static const char small_set[] =
    "{\"schema\":\"graphorder/session-set/1\",\"sessions\":[{\"name\":\"s\"}],\"objects\":["
    "{\"id\":\"a\",\"kind\":\"memfd\",\"session\":\"s\"},{\"id\":\"b\",\"kind\":\"memfd\",\"session\":\"s\"}],"
    "\"dependencies\":[{\"dependent\":\"a\",\"on\":\"b\"}]}";

__attribute__((unused)) static char *slurp(const char *path, size_t *length) {
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (!file) { perror(path); exit(3); }
    size_t room = 1 << 16, used = 0, got;
    char *bytes = malloc(room);
    while ((got = fread(bytes + used, 1, room - used, file)) > 0) {
        used += got;
        if (used == room) bytes = realloc(bytes, room *= 2);
    }
    if (file != stdin) fclose(file);
    *length = used;
    return bytes;
}

/* A number of /proc/self/status, in KiB where it is memory. */
__attribute__((unused)) static long of_status(const char *name) {
    char line[256];
    long value = -1;
    size_t length = strlen(name);
    FILE *file = fopen("/proc/self/status", "r");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, name, length) == 0 && line[length] == ':') value = atol(line + length + 1);
    if (file) fclose(file);
    return value;
}

__attribute__((unused)) static const char *last_sentence(void) {
    static _Thread_local char said[512];
    graphorder_last_error(said, sizeof said, NULL);
    return said;
}

/* Opens, plans the small set, gives everything back. */
__attribute__((unused)) static int plan_once(void) {
    graphorder_engine engine;
    graphorder_answer answer;
    int status = graphorder_open(NULL, 0, &engine);
    if (status != GRAPHORDER_DONE) return status;
    status = graphorder_plan(engine, small_set, sizeof small_set - 1, &answer);
    if (answer) graphorder_free(answer);
    graphorder_close(engine);
    return status;
}
