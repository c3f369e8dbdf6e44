/* Many threads on the same engines and answers: races SET, a legal one. Whoever comes late gets a status, and
 * nobody dies. */
#include "host.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

enum { THREADS = 8, ROUNDS = 300, SHARED = 4 };

static char *set;
static size_t set_length;
static char *expected;
static size_t expected_length;
static _Atomic graphorder_engine engines[SHARED];
static _Atomic graphorder_answer answers[SHARED];
static atomic_int served, late;

static graphorder_engine open_engine(void) {
    graphorder_engine engine;
    EXPECT(graphorder_open(NULL, 0, &engine) == GRAPHORDER_DONE);
    return engine;
}

static void count(int status) {
    EXPECT(status == GRAPHORDER_DONE || status == GRAPHORDER_HANDLE);
    EXPECT((status == GRAPHORDER_DONE) == (last_sentence()[0] == 0)); /* the thread's own error, not another's */
    atomic_fetch_add(status == GRAPHORDER_DONE ? &served : &late, 1);
}

static void *race(void *number) {
    unsigned seed = (unsigned)(size_t)number;
    for (int i = 0; i < ROUNDS; i++) {
        int slot = rand_r(&seed) % SHARED;
        graphorder_answer answer = 0;
        int status = graphorder_plan(atomic_load(&engines[slot]), set, set_length, &answer);
        count(status);
        if (status == GRAPHORDER_DONE) {
            const char *text;
            size_t length;
            EXPECT(graphorder_text(answer, &text, &length) == GRAPHORDER_DONE);
            EXPECT(length == expected_length && memcmp(text, expected, length) == 0);
            graphorder_answer left = atomic_exchange(&answers[slot], answer); /* another thread may free it too */
            if (left) count(graphorder_free(left));
        }
        if (rand_r(&seed) % 4 == 0) count(graphorder_free(atomic_load(&answers[rand_r(&seed) % SHARED])));
        if (rand_r(&seed) % 8 == 0) {
            count(graphorder_close(atomic_load(&engines[slot])));
            graphorder_engine opened = open_engine();
            graphorder_engine closed = atomic_exchange(&engines[slot], opened);
            count(graphorder_close(closed));
        }
    }
    return NULL;
}

static void *start_at_once(void *unused) {
    EXPECT(graphorder_close(open_engine()) == GRAPHORDER_DONE);
    return unused;
}

/* The first call of all comes from eight threads. */
static void start(void) {
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) EXPECT(pthread_create(&threads[i], NULL, start_at_once, NULL) == 0);
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    EXPECT(graphorder_live_handles() == 0);
}

static void race_all(void) {
    pthread_t threads[THREADS];
    for (int i = 0; i < SHARED; i++) engines[i] = open_engine();
    for (size_t i = 0; i < THREADS; i++) EXPECT(pthread_create(&threads[i], NULL, race, (void *)(i + 1)) == 0);
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    for (int i = 0; i < SHARED; i++) {
        EXPECT(graphorder_close(engines[i]) == GRAPHORDER_DONE);
        graphorder_free(answers[i]);
    }
    EXPECT(graphorder_live_handles() == 0);
    EXPECT(served > THREADS * ROUNDS / 2);
    EXPECT(late > 0);
}

static graphorder_engine long_engine;
static atomic_int long_status;
static char *large;
static size_t large_length;

static void *plan_large(void *unused) {
    graphorder_answer answer;
    long_status = graphorder_plan(long_engine, large, large_length, &answer);
    if (answer) graphorder_free(answer);
    return unused;
}

static void nap(long milliseconds) { nanosleep(&(struct timespec){ 0, milliseconds * 1000000 }, NULL); }

/* A call is cancelled from outside, and the engine is as good as before; close waits for one that runs. */
static void cancel(void) {
    pthread_t thread;
    int cancelled = 0;
    long_engine = open_engine();
    for (int i = 0; i < 50 && !cancelled; i++) {
        long_status = -1;
        EXPECT(pthread_create(&thread, NULL, plan_large, NULL) == 0);
        nap(i % 25 + 1);
        EXPECT(graphorder_cancel(long_engine) == GRAPHORDER_DONE);
        pthread_join(thread, NULL);
        EXPECT(long_status == GRAPHORDER_CANCELLED || long_status == GRAPHORDER_DONE);
        cancelled += long_status == GRAPHORDER_CANCELLED;
    }
    EXPECT(cancelled);
    plan_large(NULL);
    EXPECT(long_status == GRAPHORDER_DONE);
    long_status = -1;
    EXPECT(pthread_create(&thread, NULL, plan_large, NULL) == 0);
    nap(5);
    EXPECT(graphorder_close(long_engine) == GRAPHORDER_DONE);
    pthread_join(thread, NULL);
    EXPECT(long_status == GRAPHORDER_DONE || long_status == GRAPHORDER_HANDLE);
    EXPECT(graphorder_live_handles() == 0);
}

/* A set of many sessions, as text. */
static void make_large(void) {
    enum { SESSIONS = 20000, BYTES_EACH = 300 };
    large = malloc(2 * (size_t)SESSIONS * BYTES_EACH);
    char *at = large + sprintf(large, "{\"schema\":\"graphorder/session-set/1\",\"sessions\":[");
    for (int i = 0; i < SESSIONS; i++) at += sprintf(at, "%s{\"name\":\"s%d\"}", i ? "," : "", i);
    at += sprintf(at, "],\"objects\":[");
    for (int i = 0; i < 2 * SESSIONS; i++)
        at += sprintf(at, "%s{\"id\":\"o%d\",\"kind\":\"memfd\",\"session\":\"s%d\"}", i ? "," : "", i, i / 2);
    at += sprintf(at, "],\"dependencies\":[");
    for (int i = 0; i < SESSIONS; i++)
        at += sprintf(at, "%s{\"dependent\":\"o%d\",\"on\":\"o%d\"}", i ? "," : "", 2 * i, 2 * i + 1);
    at += sprintf(at, "]}");
    large_length = (size_t)(at - large);
}

int main(int count_, char **words) {
    EXPECT(count_ == 2);
    set = slurp(words[1], &set_length);
    start();
    graphorder_engine engine = open_engine();
    graphorder_answer answer;
    const char *text;
    EXPECT(graphorder_plan(engine, set, set_length, &answer) == GRAPHORDER_DONE);
    EXPECT(graphorder_text(answer, &text, &expected_length) == GRAPHORDER_DONE);
    expected = malloc(expected_length);
    memcpy(expected, text, expected_length);
    EXPECT(graphorder_free(answer) == GRAPHORDER_DONE && graphorder_close(engine) == GRAPHORDER_DONE);
    race_all();
    make_large();
    cancel();
    free(large);
    free(expected);
    free(set);
    printf("0 live\n");
    return 0;
}
