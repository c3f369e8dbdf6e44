/* Fills the library's heap: with answers that nobody frees (exhaust SET), and with sets too large for it. The
 * host lives on, and all of it comes back. */
#include "host.h"

enum { ANSWERS_MAX = 100000 };

static graphorder_engine engine;
static graphorder_answer kept[ANSWERS_MAX];

static void keep_answers(const char *set, size_t length) {
    int held = 0, full = 0;
    size_t bytes = 0, text_length;
    const char *text;
    while (full < 3) {
        EXPECT(held < ANSWERS_MAX);
        int status = graphorder_plan(engine, set, length, &kept[held]);
        EXPECT(status == GRAPHORDER_DONE || status == GRAPHORDER_NO_MEMORY);
        EXPECT((status == GRAPHORDER_DONE) == (kept[held] != 0));
        if (status == GRAPHORDER_NO_MEMORY) {
            full++;
            EXPECT(strstr(last_sentence(), "full"));
            continue;
        }
        EXPECT(graphorder_text(kept[held++], &text, &text_length) == GRAPHORDER_DONE);
        bytes += text_length;
    }
    EXPECT(graphorder_live_handles() == (uint64_t)held + 1);
    EXPECT(bytes > (size_t)200 << 20 && bytes <= (size_t)512 << 20);
    while (held > 0) EXPECT(graphorder_free(kept[--held]) == GRAPHORDER_DONE);
    printf("%zu MiB of answers, then NO_MEMORY\n", bytes >> 20);
}

/* As many objects as 64 MiB can name: they need more than the heap has. */
static void ask_too_much(void) {
    const size_t most = GRAPHORDER_REQUEST_BYTES_MAX;
    char *set = malloc(most + 256);
    char *at = set + sprintf(set, "{\"schema\":\"graphorder/session-set/1\",\"sessions\":[{\"name\":\"s\"}],\"objects\":[");
    for (unsigned i = 0; (size_t)(at - set) < most - 64; i++)
        at += sprintf(at, "%s{\"id\":\"%x\",\"kind\":\"memfd\",\"session\":\"s\"}", i ? "," : "", i);
    at += sprintf(at, "]}");
    int full = 0;
    for (int round = 0; round < 2; round++) {
        int status = graphorder_plan(engine, set, (size_t)(at - set), kept);
        EXPECT(status == GRAPHORDER_DONE || status == GRAPHORDER_REFUSED || status == GRAPHORDER_NO_MEMORY);
        full += status == GRAPHORDER_NO_MEMORY;
        if (kept[0]) graphorder_free(kept[0]);
        EXPECT(plan_once() == GRAPHORDER_DONE);
    }
    printf("%zu MiB of objects: NO_MEMORY %d of 2 times\n", (size_t)(at - set) >> 20, full);
    free(set);
}

int main(int count, char **words) {
    size_t length;
    EXPECT(count == 2);
    char *set = slurp(words[1], &length);
    EXPECT(graphorder_open(NULL, 0, &engine) == GRAPHORDER_DONE);
    keep_answers(set, length);
    ask_too_much();
    keep_answers(set, length);
    EXPECT(graphorder_close(engine) == GRAPHORDER_DONE);
    EXPECT(graphorder_live_handles() == 0);
    free(set);
    printf("VmHWM: %ld MiB\n0 live\n", of_status("VmHWM") >> 10);
    return 0;
}
