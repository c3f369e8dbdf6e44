/* What a host in C waits for: plan SET [ROUNDS]. Processor time of one thread, the least of the rounds, for: a set
 * planned from its JSON to the plan's, the same through a request, the growing graph asked again when nothing has
 * changed, and the boundary alone (a call that finds nothing to do).
 *
 * build: cc -O2 -o plan bench/native/plan.c $(pkg-config --cflags --libs graphorder)
 */
#define _GNU_SOURCE
#include <graphorder.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CALLS = 500, CROSSINGS = 200000, KINDS = 4, EDGES = 64 };

static const char *const names[KINDS] = { "plan, JSON to JSON", "plan as a request", "growing graph, unchanged",
    "boundary alone" };
static graphorder_engine engine;
static size_t answer_bytes;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void take(int status, graphorder_answer answer) {
    const char *text;
    if (status != GRAPHORDER_DONE || graphorder_text(answer, &text, &answer_bytes) || graphorder_free(answer)) {
        char sentence[512];
        graphorder_last_error(sentence, sizeof sentence, NULL);
        fprintf(stderr, "plan: status %d: %s\n", status, sentence);
        exit(1);
    }
}

static char *wrap(const char *request, const char *set, size_t bytes, size_t *length) {
    char *whole = malloc(bytes + EDGES);
    int edge = snprintf(whole, EDGES, "{\"request\":\"%s\",\"set\":", request);
    memcpy(whole + edge, set, bytes);
    whole[edge + bytes] = '}';
    *length = (size_t)edge + bytes + 1;
    return whole;
}

int main(int count, char **words) {
    static const char again[] = "{\"request\":\"plan\"}";
    size_t room = 1 << 26, bytes, asked_bytes, declared_bytes;
    int rounds = count > 2 ? atoi(words[2]) : 31;
    FILE *file = count > 1 ? fopen(words[1], "rb") : NULL;
    if (!file) {
        fprintf(stderr, "usage: plan SET [ROUNDS]\n");
        return 2;
    }
    char *set = malloc(room);
    bytes = fread(set, 1, room, file);
    fclose(file);
    char *asked = wrap("plan", set, bytes, &asked_bytes), *declared = wrap("declare", set, bytes, &declared_bytes);
    graphorder_answer answer;
    if (graphorder_open(NULL, 0, &engine) != GRAPHORDER_DONE) return 1;
    int entered = graphorder_ask(engine, declared, declared_bytes, &answer);
    take(entered, answer);

    double least[KINDS] = { 1e9, 1e9, 1e9, 1e9 };
    for (int round = 0; round < rounds; round++) {
        for (int kind = 0; kind < KINDS; kind++) {
            int calls = kind == 3 ? CROSSINGS : CALLS;
            double start = now();
            for (int i = 0; i < calls; i++) {
                int status = kind == 0 ? graphorder_plan(engine, set, bytes, &answer)
                    : kind == 1 ? graphorder_ask(engine, asked, asked_bytes, &answer)
                    : kind == 2 ? graphorder_ask(engine, again, sizeof again - 1, &answer)
                    : graphorder_free((graphorder_answer)i); /* no handle: found at once */
                if (kind < 3) take(status, answer);
            }
            double each = (now() - start) / calls;
            if (each < least[kind]) least[kind] = each;
        }
    }
    printf("%zu bytes in, %zu out\n", bytes, answer_bytes);
    for (int kind = 0; kind < KINDS; kind++)
        printf("%-26s %10.3f us %12.0f a second\n", names[kind], 1e6 * least[kind], 1 / least[kind]);
    graphorder_close(engine);
    printf("%llu handles left\n", (unsigned long long)graphorder_live_handles());
    return 0;
}
