/* Random calls with random handles, documents and lengths: fuzz SEED SECONDS FILE... Every status is one of the
 * header, every answer can be read, and at the end nothing lives. The seed is printed; a run of one thread is the
 * same again. */
#include "host.h"

#include <pthread.h>
#include <time.h>

enum { THREADS = 3, HELD = 16, FILES_MAX = 32, TABLE_WORDS = 2048 };

static char *files[FILES_MAX];
static size_t lengths[FILES_MAX];
static int file_count;
static double until;
static unsigned first_seed;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

struct fuzzer {
    uint64_t random;
    graphorder_engine engines[HELD];
    graphorder_answer answers[HELD];
    uint64_t calls, sum;
    uint64_t table[TABLE_WORDS];
};

/* xorshift64*, Vigna 2016. */
static uint64_t next(struct fuzzer *fuzzer) {
    fuzzer->random ^= fuzzer->random >> 12;
    fuzzer->random ^= fuzzer->random << 25;
    fuzzer->random ^= fuzzer->random >> 27;
    return fuzzer->random * 2685821657736338717ULL;
}

static uint64_t below(struct fuzzer *fuzzer, uint64_t end) { return next(fuzzer) % end; }

static void known(struct fuzzer *fuzzer, int status) {
    static const int all[] = { GRAPHORDER_DONE, GRAPHORDER_REFUSED, GRAPHORDER_WRONG, GRAPHORDER_MALFORMED,
        GRAPHORDER_ARGUMENT, GRAPHORDER_HANDLE, GRAPHORDER_TOO_LARGE, GRAPHORDER_CANCELLED };
    bool is_known = false;
    char said[64];
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) is_known |= status == all[i];
    if (!is_known) fprintf(stderr, "status %d after %llu calls\n", status, (unsigned long long)fuzzer->calls);
    EXPECT(is_known);
    EXPECT(graphorder_last_error(said, below(fuzzer, sizeof said + 1), NULL) == status);
    fuzzer->calls++;
}

/* One that is held, one that is not, one bit of one changed, or anything. */
static uint64_t handle(struct fuzzer *fuzzer, const uint64_t *own, const uint64_t *other) {
    switch (below(fuzzer, 8)) {
    case 0: return next(fuzzer);
    case 1: return below(fuzzer, 40);
    case 2: return other[below(fuzzer, HELD)];
    case 3: return own[below(fuzzer, HELD)] ^ 1ULL << below(fuzzer, 64);
    default: return own[below(fuzzer, HELD)];
    }
}

/* In a block of its exact size, so that a checker sees what is read behind it. */
static char *document(struct fuzzer *fuzzer, size_t *length) {
    int chosen = (int)below(fuzzer, (uint64_t)file_count);
    size_t whole = lengths[chosen];
    char *bytes = malloc(whole + 1);
    memcpy(bytes, files[chosen], whole);
    *length = whole;
    uint64_t kind = below(fuzzer, 6);
    if (kind == 0) return bytes;
    if (kind == 1) *length = below(fuzzer, whole + 1);
    if (kind == 2) for (size_t i = 0; i < whole; i++) bytes[i] = (char)next(fuzzer);
    uint64_t changes = kind >= 3 ? 1 + below(fuzzer, 8) : 0;
    static const char *const pieces[] = { "\"", "{", "}", "[", "]", ",", ":", "null", "-1", "1e999", "\\u0000", "\xff",
        "\"id\":", "18446744073709551616", "[[[[[[[[", "\"\\ud800\"" };
    for (uint64_t i = 0; i < changes && whole > 0; i++) {
        size_t place = below(fuzzer, whole), other = below(fuzzer, whole);
        if (kind == 3) bytes[place] ^= (char)(1 << below(fuzzer, 8));
        if (kind == 4) {
            const char *piece = pieces[below(fuzzer, sizeof pieces / sizeof pieces[0])];
            for (size_t j = 0; piece[j] && place + j < whole; j++) bytes[place + j] = piece[j];
        }
        if (kind == 5) {
            size_t most = whole - (place > other ? place : other);
            memmove(bytes + place, bytes + other, below(fuzzer, most < 64 ? most + 1 : 64));
        }
    }
    return realloc(bytes, *length ? *length : 1);
}

static void keep_answer(struct fuzzer *fuzzer, graphorder_answer answer) {
    const char *text;
    size_t length;
    if (!answer) return;
    EXPECT(graphorder_text(answer, &text, &length) == GRAPHORDER_DONE && length > 0);
    for (size_t i = 0; i < length; i++) fuzzer->sum += (unsigned char)text[i];
    graphorder_answer *slot = &fuzzer->answers[below(fuzzer, HELD)];
    if (*slot) graphorder_free(*slot);
    *slot = answer;
}

static void ask(struct fuzzer *fuzzer, bool plan) {
    size_t length;
    graphorder_answer answer = next(fuzzer);
    char *bytes = document(fuzzer, &length);
    graphorder_engine engine = handle(fuzzer, fuzzer->engines, fuzzer->answers);
    graphorder_answer *out = below(fuzzer, 20) ? &answer : NULL;
    const char *in = below(fuzzer, 20) ? bytes : NULL;
    known(fuzzer, plan ? graphorder_plan(engine, in, length, out) : graphorder_ask(engine, in, length, out));
    if (out) keep_answer(fuzzer, answer);
    free(bytes);
}

static void walk(struct fuzzer *fuzzer) {
    static const char *const formats[] = { "vtd-second-stage", "x86-64", "amd-v1", "arm-lpae-s1", "arm-lpae-s2",
        "riscv-sv39", "riscv-sv48", "riscv-sv57", "none" };
    static const char *const granules[] = { "4K", "16K", "64K", "5K" };
    graphorder_answer answer = 5;
    const char *format = formats[below(fuzzer, 9)], *granule = granules[below(fuzzer, 4)];
    for (int i = 0; i < 64; i++) {
        uint64_t word = below(fuzzer, 2) ? next(fuzzer) : (below(fuzzer, 6) << 12) | below(fuzzer, 4096);
        fuzzer->table[below(fuzzer, 4) ? below(fuzzer, TABLE_WORDS) : below(fuzzer, 16)] = word;
    }
    size_t words = below(fuzzer, TABLE_WORDS + 1);
    uint64_t *memory = malloc(words * 8 + 1);
    memcpy(memory, fuzzer->table, words * 8);
    graphorder_table table = { .size = sizeof table, .format = format, .format_length = strlen(format),
        .granule = below(fuzzer, 2) ? granule : NULL, .granule_length = strlen(granule),
        .root = below(fuzzer, 8) << 12, .top_level = (int32_t)below(fuzzer, 6), .memory = memory, .bytes = words * 8,
        .base = below(fuzzer, 4) ? 0 : next(fuzzer) & ~7ULL, .flags = (uint32_t)below(fuzzer, 2),
        .fault_max = (uint32_t)below(fuzzer, 50) };
    if (below(fuzzer, 30) == 0) table.size = below(fuzzer, 2 * sizeof table);
    if (table.size > sizeof table) table.size = sizeof table;
    known(fuzzer, graphorder_walk(handle(fuzzer, fuzzer->engines, fuzzer->answers), &table, &answer));
    keep_answer(fuzzer, answer);
    free(memory);
}

static void open_or_close(struct fuzzer *fuzzer) {
    static const char model[] = "linux-7.3:linux-next";
    graphorder_engine *slot = &fuzzer->engines[below(fuzzer, HELD)], opened = 0;
    if (below(fuzzer, 2)) {
        if (*slot) return;
        known(fuzzer, graphorder_open(below(fuzzer, 2) ? model : NULL, below(fuzzer, sizeof model), &opened));
        *slot = opened;
    } else {
        graphorder_engine engine = handle(fuzzer, fuzzer->engines, fuzzer->answers);
        int status = graphorder_close(engine);
        known(fuzzer, status);
        for (int i = 0; status == GRAPHORDER_DONE && i < HELD; i++)
            if (fuzzer->engines[i] == engine) fuzzer->engines[i] = 0;
    }
}

static void free_one(struct fuzzer *fuzzer) {
    graphorder_answer answer = handle(fuzzer, fuzzer->answers, fuzzer->engines);
    int status = graphorder_free(answer);
    known(fuzzer, status);
    for (int i = 0; status == GRAPHORDER_DONE && i < HELD; i++)
        if (fuzzer->answers[i] == answer) fuzzer->answers[i] = 0;
}

static void read_one(struct fuzzer *fuzzer) {
    const char *text;
    size_t length;
    graphorder_answer answer = handle(fuzzer, fuzzer->answers, fuzzer->engines);
    known(fuzzer, graphorder_text(answer, below(fuzzer, 9) ? &text : NULL, below(fuzzer, 9) ? &length : NULL));
}

static void *fuzz(void *own) {
    struct fuzzer *fuzzer = own;
    while (now() < until) {
        switch (below(fuzzer, 10)) {
        case 0: case 1: case 2: ask(fuzzer, true); break;
        case 3: case 4: ask(fuzzer, false); break;
        case 5: case 6: walk(fuzzer); break;
        case 7: open_or_close(fuzzer); break;
        case 8: free_one(fuzzer); break;
        default: read_one(fuzzer); known(fuzzer, graphorder_cancel(handle(fuzzer, fuzzer->engines, fuzzer->answers)));
        }
    }
    for (int i = 0; i < HELD; i++) {
        if (fuzzer->engines[i]) graphorder_close(fuzzer->engines[i]);
        if (fuzzer->answers[i]) graphorder_free(fuzzer->answers[i]);
    }
    return NULL;
}

int main(int count, char **words) {
    static struct fuzzer fuzzers[THREADS];
    pthread_t threads[THREADS];
    graphorder_engine first;
    EXPECT(count > 3);
    first_seed = (unsigned)strtoul(words[1], NULL, 0);
    for (int i = 3; i < count && file_count < FILES_MAX; i++) {
        files[file_count] = slurp(words[i], &lengths[file_count]);
        file_count++;
    }
    EXPECT(graphorder_open(NULL, 0, &first) == GRAPHORDER_DONE && graphorder_close(first) == GRAPHORDER_DONE);
    until = now() + atof(words[2]);
    for (int i = 0; i < THREADS; i++) {
        fuzzers[i].random = 0x9E3779B97F4A7C15ULL * (first_seed + (unsigned)i + 1);
        EXPECT(pthread_create(&threads[i], NULL, fuzz, &fuzzers[i]) == 0);
    }
    uint64_t calls = 0;
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        calls += fuzzers[i].calls;
    }
    for (int i = 0; i < file_count; i++) free(files[i]);
    EXPECT(graphorder_live_handles() == 0);
    EXPECT(calls > 100);
    printf("seed %u: %llu calls, 0 live\n", first_seed, (unsigned long long)calls);
    return 0;
}
