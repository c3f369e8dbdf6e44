/* What stands between a host and the runtime. Every exported function is here: it checks what would make the
 * runtime end the process, before the runtime runs, and then calls the managed entry point of the same name. */
#define _GNU_SOURCE
#pragma GCC visibility push(default)
#include "graphorder.h"
#pragma GCC visibility pop

#include <errno.h>
#include <linux/membarrier.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef MADV_WIPEONFORK
#define MADV_WIPEONFORK 18
#endif

/* GUARD_START_MIB, from the project: what the runtime maps when it starts, with room for its threads. It may
 * write to a part by then. A request is not begun on less stack; most need less than 16 KiB. All three are
 * held to by tests/GraphOrder.Native.Tests. */
#define START_BYTES ((size_t)GUARD_START_MIB << 20)
#define COMMIT_BYTES ((size_t)16 << 20)
#define STACK_BYTES_MIN ((size_t)96 << 10)

enum { ERROR_BYTES = 1024, LAST_SIGNAL = 64 };

/* Exports/EntryPoints.cs */
extern int32_t managed_start(void);
extern int32_t managed_open(const char *, size_t, uint64_t *, char *, size_t);
extern int32_t managed_close(uint64_t, char *, size_t);
extern int32_t managed_ask(uint64_t, const char *, size_t, uint64_t *, char *, size_t);
extern int32_t managed_plan(uint64_t, const char *, size_t, uint64_t *, char *, size_t);
extern int32_t managed_walk(uint64_t, const graphorder_table *, uint64_t *, char *, size_t);
extern int32_t managed_cancel(uint64_t, char *, size_t);
extern int32_t managed_text(uint64_t, const char **, size_t *, char *, size_t);
extern int32_t managed_free(uint64_t, char *, size_t);
extern uint64_t managed_live_handles(void);

enum state { STOPPED, STARTING, RUNNING };
static atomic_int state;
static atomic_int starter;

/* One page that a fork empties, however it is done: not 0 in the process that started the runtime alone. */
static atomic_int *here;

static _Thread_local int last_status;
static _Thread_local char last_text[ERROR_BYTES];
static _Thread_local uintptr_t stack_first, stack_end;

static int failed(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

static int failed(int status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(last_text, sizeof last_text, format, arguments);
    va_end(arguments);
    return last_status = status;
}

static int forked(void) {
    return failed(GRAPHORDER_FORKED,
        "The runtime belongs to the process that this one was forked from. Exec first, or call before the fork.");
}

/* .NET keeps the bounds of each thread's stack, and an overflow of it ends the process. */
static int check_stack(void) {
    if (stack_end == 0) {
        pthread_attr_t attributes;
        void *first;
        size_t bytes;
        if (pthread_getattr_np(pthread_self(), &attributes) != 0)
            return failed(GRAPHORDER_HOST, "The bounds of the stack cannot be read. Is /proc mounted?");
        pthread_attr_getstack(&attributes, &first, &bytes);
        pthread_attr_destroy(&attributes);
        stack_first = (uintptr_t)first;
        stack_end = stack_first + bytes;
    }
    uintptr_t now = (uintptr_t)__builtin_frame_address(0);
    if (now < stack_first || now >= stack_end)
        return failed(GRAPHORDER_STACK, "The call is not on the thread's own stack. Call from a plain thread.");
    if (now - stack_first < STACK_BYTES_MIN)
        return failed(GRAPHORDER_STACK, "%zu bytes of stack are left, and a call needs %zu. Give the thread more.",
            (size_t)(now - stack_first), STACK_BYTES_MIN);
    return GRAPHORDER_DONE;
}

/* Whether the runtime's own code runs on this processor; it would end the process. */
static bool has_cpu(void) {
#define IS_base 1
#define IS_x86_64_v3 3
#define IS_x86_64_v4 4
#define CONCAT(a, b) a##b
#define LEVEL_OF(name) CONCAT(IS_, name)
    __builtin_cpu_init();
#if LEVEL_OF(GUARD_CPU) == 4
    return __builtin_cpu_supports("x86-64-v4");
#elif LEVEL_OF(GUARD_CPU) == 3
    return __builtin_cpu_supports("x86-64-v3");
#else
    return __builtin_cpu_supports("x86-64-v2");
#endif
}

static bool can_map(size_t bytes, int protection) {
    void *mapped = mmap(NULL, bytes, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapped != MAP_FAILED) munmap(mapped, bytes);
    return mapped != MAP_FAILED;
}

/* Addresses are laid claim to at once and written to later, when nobody can refuse any more: RLIMIT_DATA counts
 * what may be written to. The sixth number of statm is that, in pages. */
static bool may_write(size_t bytes) {
    struct rlimit limit;
    unsigned long long pages = 0;
    if (getrlimit(RLIMIT_DATA, &limit) == 0 && limit.rlim_cur == RLIM_INFINITY) return true;
    FILE *file = fopen("/proc/self/statm", "re");
    bool is_read = file && fscanf(file, "%*u %*u %*u %*u %*u %llu", &pages) == 1;
    if (file) fclose(file);
    unsigned long long used = pages * (unsigned long long)sysconf(_SC_PAGESIZE);
    return is_read && used <= limit.rlim_cur && limit.rlim_cur - used >= bytes;
}

static void *nothing(void *unused) { return unused; }

static bool can_start_thread(void) {
    pthread_t thread;
    return pthread_create(&thread, NULL, nothing, NULL) == 0 && pthread_join(thread, NULL) == 0;
}

/* The runtime stops its threads by a barrier of the kernel's, or else by locking a page. */
static bool can_stop_threads(void) {
    long commands = syscall(SYS_membarrier, MEMBARRIER_CMD_QUERY, 0, 0);
    return (commands > 0 && (commands & MEMBARRIER_CMD_PRIVATE_EXPEDITED)) || can_map(4096, PROT_READ);
}

static int check_host(void) {
    struct sigaction action;
    if (!has_cpu())
        return failed(GRAPHORDER_HOST, "This processor lacks instructions of this build. Install the base one.");
    if (sigaction(SIGRTMIN, NULL, &action) != 0 || action.sa_handler != SIG_DFL)
        return failed(GRAPHORDER_HOST, "Signal %d has a handler of the host's, and the runtime needs it.", SIGRTMIN);
    if (!can_map(START_BYTES, PROT_NONE) || !can_map(COMMIT_BYTES, PROT_READ | PROT_WRITE))
        return failed(GRAPHORDER_HOST, "The runtime needs %zu MiB of addresses (%s). Raise RLIMIT_AS, and "
            "RLIMIT_MEMLOCK under mlockall.", START_BYTES >> 20, strerror(errno));
    if (!may_write(START_BYTES))
        return failed(GRAPHORDER_HOST, "The runtime needs %zu MiB that it may write to. Raise RLIMIT_DATA.",
            START_BYTES >> 20);
    if (!can_start_thread())
        return failed(GRAPHORDER_HOST, "A thread cannot be started. Raise RLIMIT_NPROC.");
    if (!can_stop_threads())
        return failed(GRAPHORDER_HOST, "The system call membarrier is not allowed. Allow it.");
    return GRAPHORDER_DONE;
}

/* Signals of the host are not for the runtime's threads; dispositions that it can do without are put back, and
 * the others run on the alternate stack of a thread that has one, as Go demands of every handler. */
static int start_runtime(void) {
    struct sigaction before[LAST_SIGNAL + 1], after;
    sigset_t all, mask;
    for (int i = 1; i <= LAST_SIGNAL; i++) sigaction(i, NULL, &before[i]);
    sigfillset(&all);
    sigdelset(&all, SIGSEGV);
    sigdelset(&all, SIGFPE);
    sigdelset(&all, SIGBUS);
    sigdelset(&all, SIGILL);
    sigdelset(&all, SIGRTMIN);
    pthread_sigmask(SIG_SETMASK, &all, &mask);
    int status = managed_start();
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    for (int i = 1; i <= LAST_SIGNAL; i++) {
        if (sigaction(i, NULL, &after) != 0 || after.sa_handler == before[i].sa_handler) continue;
        bool is_needed = i == SIGSEGV || i == SIGFPE || i == SIGRTMIN;
        after.sa_flags |= SA_ONSTACK;
        sigaction(i, is_needed ? &after : &before[i], NULL);
    }
    return status;
}

static int start(void) {
    long page = sysconf(_SC_PAGESIZE);
    int status = check_host();
    if (status != GRAPHORDER_DONE) return status;
    void *mapped = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED || madvise(mapped, page, MADV_WIPEONFORK) != 0) {
        if (mapped != MAP_FAILED) munmap(mapped, page);
        return failed(GRAPHORDER_HOST, "A page that a fork empties cannot be had. Linux 4.14 is needed.");
    }
    status = start_runtime();
    if (status != GRAPHORDER_DONE) return failed(status, "The runtime did not start.");
    here = mapped;
    atomic_store(here, 1);
    return GRAPHORDER_DONE;
}

/* One thread starts; the others wait for it. */
static int start_once(void) {
    for (;;) {
        int expected = STOPPED;
        if (atomic_load_explicit(&state, memory_order_acquire) == RUNNING) return GRAPHORDER_DONE;
        if (atomic_compare_exchange_strong(&state, &expected, STARTING)) {
            atomic_store(&starter, getpid());
            int status = start();
            atomic_store_explicit(&state, status == GRAPHORDER_DONE ? RUNNING : STOPPED, memory_order_release);
            return status;
        }
        int pid = atomic_load(&starter);
        if (expected == STARTING && pid != 0 && pid != getpid()) return forked();
        sched_yield();
    }
}

/* In front of every managed call but the first. */
static int enter(void) {
    last_status = GRAPHORDER_DONE;
    last_text[0] = 0;
    if (atomic_load_explicit(&state, memory_order_acquire) != RUNNING)
        return failed(GRAPHORDER_HANDLE, "This is no handle: nothing has been opened yet.");
    if (!atomic_load_explicit(here, memory_order_relaxed)) return forked();
    return check_stack();
}

#define CALL(call)                                    \
    do {                                              \
        int kept = errno;                             \
        int status = enter();                         \
        if (status == GRAPHORDER_DONE)                \
            status = last_status = (call);            \
        errno = kept;                                 \
        return status;                                \
    } while (0)

uint32_t graphorder_abi_version(void) { return GRAPHORDER_ABI_VERSION; }

int graphorder_open(const char *model, size_t length, graphorder_engine *engine) {
    int kept = errno;
    int status = check_stack();
    if (engine) *engine = 0;
    if (status == GRAPHORDER_DONE && !engine) status = failed(GRAPHORDER_ARGUMENT, "engine is null.");
    if (status == GRAPHORDER_DONE) status = start_once();
    errno = kept;
    if (status != GRAPHORDER_DONE) return status;
    CALL(managed_open(model, length, engine, last_text, sizeof last_text));
}

int graphorder_close(graphorder_engine engine) { CALL(managed_close(engine, last_text, sizeof last_text)); }

int graphorder_ask(graphorder_engine engine, const char *request, size_t length, graphorder_answer *answer) {
    if (answer) *answer = 0;
    CALL(managed_ask(engine, request, length, answer, last_text, sizeof last_text));
}

int graphorder_plan(graphorder_engine engine, const char *set, size_t length, graphorder_answer *answer) {
    if (answer) *answer = 0;
    CALL(managed_plan(engine, set, length, answer, last_text, sizeof last_text));
}

int graphorder_walk(graphorder_engine engine, const graphorder_table *table, graphorder_answer *answer) {
    if (answer) *answer = 0;
    CALL(managed_walk(engine, table, answer, last_text, sizeof last_text));
}

int graphorder_cancel(graphorder_engine engine) { CALL(managed_cancel(engine, last_text, sizeof last_text)); }

int graphorder_text(graphorder_answer answer, const char **text, size_t *length) {
    if (text) *text = NULL;
    if (length) *length = 0;
    CALL(managed_text(answer, text, length, last_text, sizeof last_text));
}

int graphorder_free(graphorder_answer answer) { CALL(managed_free(answer, last_text, sizeof last_text)); }

int graphorder_last_error(char *buffer, size_t size, size_t *length) {
    size_t whole = strlen(last_text);
    if (length) *length = whole;
    if (buffer && size > 0) {
        size_t shown = whole < size - 1 ? whole : size - 1;
        while (shown > 0 && shown < whole && ((unsigned char)last_text[shown] & 0xC0) == 0x80) shown--;
        memcpy(buffer, last_text, shown);
        buffer[shown] = 0;
    }
    return last_status;
}

uint64_t graphorder_live_handles(void) {
    bool is_running = atomic_load_explicit(&state, memory_order_acquire) == RUNNING;
    return is_running && atomic_load_explicit(here, memory_order_relaxed) && check_stack() == GRAPHORDER_DONE
        ? managed_live_handles() : 0;
}
