/* graphorder.h: legal orders for live update, for C and everything that can call C.
 *
 * Documents in, documents out: UTF-8 JSON, lengths explicit, no terminating zero. Link with -lgraphorder.
 *
 * RESULTS. Every function that returns int returns a graphorder_status. Where it is not GRAPHORDER_DONE,
 * graphorder_last_error says why, for the thread that called: each call replaces what the thread's last one
 * left. Nothing is thrown, nothing is called back, errno is left as it was.
 *
 * HANDLES are numbers; 0 is none. One that was never given out, was given back, or is of the other kind is
 * GRAPHORDER_HANDLE, never a crash: a number is not used a second time.
 *
 * THREADS. Every function may be called from every thread, side by side, on one engine or on many; changes of
 * one growing graph enter one after another. An answer may be read by many threads; who frees it sees to it
 * that nobody reads its bytes any more. Not to be called from a signal handler, nor on a stack that is not the
 * thread's own (a coroutine): GRAPHORDER_STACK. After fork, calls of the child are GRAPHORDER_FORKED; exec
 * gives it a new start.
 *
 * MEMORY. What is passed in is read during the call and not kept. A length that is too short cuts a document; one
 * that is too long makes the library read what is not there, and nobody can notice.
 *
 * THE RUNTIME. Loading the library does nothing. The first graphorder_open looks at the process and, where it
 * can hold the runtime (.NET, Native AOT), starts it; where it cannot, that is GRAPHORDER_HOST and nothing has
 * changed. The runtime never ends and the library is never unloaded. What it does to a process is printed in
 * README.md beside this file, and tested.
 */
#ifndef GRAPHORDER_H
#define GRAPHORDER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Grows when something is added; the soname (libgraphorder.so.1) changes when something is taken away. */
#define GRAPHORDER_ABI_VERSION 1

/* The longest document that is taken, in bytes. */
#define GRAPHORDER_REQUEST_BYTES_MAX ((size_t)64 << 20)

typedef enum graphorder_status {
    GRAPHORDER_DONE = 0,        /* an answer, and it is legal */
    GRAPHORDER_REFUSED = 1,     /* an answer, and it says no: no legal order, a fault, a change refused */
    GRAPHORDER_WRONG = 2,       /* the request is wrong: an unknown member, name or value */
    GRAPHORDER_MALFORMED = 4,   /* the document is not what it should be */
    GRAPHORDER_ARGUMENT = 20,   /* a null pointer, an unknown name, a number out of range */
    GRAPHORDER_HANDLE = 21,     /* not a handle, or no longer, or of the other kind */
    GRAPHORDER_TOO_LARGE = 22,  /* longer than GRAPHORDER_REQUEST_BYTES_MAX */
    GRAPHORDER_NO_MEMORY = 23,  /* the library's heap is full; free answers, close engines */
    GRAPHORDER_STACK = 24,      /* too little stack, or not the thread's own */
    GRAPHORDER_FORKED = 25,     /* the runtime belongs to the process that this one was forked from */
    GRAPHORDER_HOST = 26,       /* this process cannot hold the runtime; it was not started */
    GRAPHORDER_INTERNAL = 70,   /* a fault of the library's own */
    GRAPHORDER_CANCELLED = 130  /* graphorder_cancel */
} graphorder_status;

typedef uint64_t graphorder_engine;
typedef uint64_t graphorder_answer;

/* GRAPHORDER_ABI_VERSION of the library that was loaded. Always works and starts nothing. */
uint32_t graphorder_abi_version(void);

/* Opens an engine: a growing graph, empty, and what requests are asked of.
 * model: of the growing graph's kernels, and of sets that name none: "linux-7.3", or OLD:NEW as in
 * "linux-7.3:linux-next"; null: linux-7.3. */
int graphorder_open(const char *model, size_t model_length, graphorder_engine *engine);

/* Closes an engine; waits for the calls that run on it. Its answers stay. */
int graphorder_close(graphorder_engine engine);

/* Asks: one request (graphorder/request/1), one answer. {"request":"plan","set":{...}} plans a set;
 * {"request":"declare","set":{...}} and "withdraw" change the growing graph, and {"request":"plan"} plans that.
 * answer: the handle of a document: what was asked for, or (GRAPHORDER_WRONG, GRAPHORDER_MALFORMED)
 * graphorder/error/1. 0 where there is none: statuses from 20 up but GRAPHORDER_INTERNAL and _CANCELLED. */
int graphorder_ask(graphorder_engine engine, const char *request, size_t length, graphorder_answer *answer);

/* Plans a session set: the bytes of `graph-order plan --format json`, but that page tables which the set names
 * are not walked: nothing here opens a file. Spares the envelope of graphorder_ask. answer: a plan
 * (GRAPHORDER_DONE) or a refusal (GRAPHORDER_REFUSED), else 0. */
int graphorder_plan(graphorder_engine engine, const char *set, size_t length, graphorder_answer *answer);

/* An I/O page table in memory of the caller. Set size to sizeof(graphorder_table) and the rest to 0 first. */
typedef struct graphorder_table {
    size_t size;
    const char *format;    /* "vtd-second-stage", "amd-v1", ... as graph-order walk --table */
    size_t format_length;
    const char *granule;   /* "4K", "16K", "64K" for Arm; null: the first of the format */
    size_t granule_length;
    uint64_t root;         /* physical address of the root table */
    int32_t top_level;     /* its level: level 0 holds only leaves */
    uint32_t flags;        /* GRAPHORDER_WALK_RUNS */
    const void *memory;    /* where the image lies in this process; a multiple of 8 */
    uint64_t bytes;        /* its length */
    uint64_t base;         /* physical address of its first byte; a multiple of 8 */
    uint32_t fault_max;    /* faults listed; 0: 1000. The counts are always whole */
    uint32_t reserved;     /* 0 */
} graphorder_table;

/* List every run of the mapping in the document. */
#define GRAPHORDER_WALK_RUNS 1u

/* Walks and validates it: the bytes of `graph-order walk --format json`. The memory is lent: it must stay mapped
 * until the call returns, and may change; an address outside it is a fault in the document, not a crash. */
int graphorder_walk(graphorder_engine engine, const graphorder_table *table, graphorder_answer *answer);

/* Cancels what runs on an engine, from another thread: those calls return GRAPHORDER_CANCELLED. Later ones are
 * not touched. */
int graphorder_cancel(graphorder_engine engine);

/* The bytes of an answer, until it is freed. */
int graphorder_text(graphorder_answer answer, const char **text, size_t *length);

/* Gives an answer back. */
int graphorder_free(graphorder_answer answer);

/* What went wrong in the last call of this thread: its status, and at most size - 1 bytes of a sentence with a
 * terminating zero (buffer may be null, size 0). length, where not null: of the whole sentence, without the zero.
 * Always works, starts nothing, and does not replace what it tells. */
int graphorder_last_error(char *buffer, size_t size, size_t *length);

/* Handles that were given out and not given back, engines and answers together: 0 where nothing leaks. */
uint64_t graphorder_live_handles(void);

#ifdef __cplusplus
}
#endif
#endif
