/* goplan_check.h: checks a plan's certificate in binary and yields its steps.
 *
 * For a program that executes a plan of GraphOrder (`graph-order plan SET --format binary`) and has no .NET
 * runtime in it. C99 and C++; nothing but two freestanding headers; no allocation, no input or output, no
 * recursion, no static state. The form is in binary-certificate.md, what is proved in certificate.md.
 *
 *     goplan_plan plan;
 *     goplan_fault fault;
 *     goplan_step step;
 *     size_t words = goplan_scratch_words(bytes, length);
 *     ... room for that many uint32_t ...
 *     if (goplan_check(&plan, bytes, length, scratch, words, &fault) != GOPLAN_LEGAL)
 *         ... fault.sentence, fault.counts, fault.position ...
 *     for (int any = goplan_first(&plan, GOPLAN_PRESERVE, &step); any; any = goplan_next(&plan, &step))
 *         ... if (!step.is_done) preserve step.token in session step.session ...
 *
 * A plan that was not found legal has no steps: a caller who forgets to check executes nothing.
 *
 * What is proved is that the plan breaks none of the dependencies that the bytes hold, not that they are the
 * bytes that somebody wrote: a changed token or name is another legal plan. Keep their digest where that matters.
 *
 * The bytes may come from anybody. They must stay where they are and unchanged while the plan is in use; copy
 * them first out of memory that others can write. They need no alignment. The scratch is free again once
 * goplan_check returns.
 *
 * Threads: every function is reentrant. A plan, once checked, may be read by many threads at once.
 */
#ifndef GOPLAN_CHECK_H
#define GOPLAN_CHECK_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The form that is read. */
#define GOPLAN_VERSION 1u

/* ---- What a caller sees ---- */

/* The phases, in the order in which an update goes through them; unfreeze and unpreserve take it back. */
enum goplan_phase {
    GOPLAN_PRESERVE, GOPLAN_FREEZE, GOPLAN_UNFREEZE, GOPLAN_UNPRESERVE, GOPLAN_RETRIEVE, GOPLAN_FINISH,
    GOPLAN_PHASES
};

/* What a step moves. */
enum goplan_kind {
    GOPLAN_FILE,    /* a file, which has a token, with all that it carries */
    GOPLAN_OBJECT,  /* an object by itself, where the model moves such; it has no token */
    GOPLAN_SESSION, /* a session at once */
    GOPLAN_ALL,     /* everything at once; the step has no session and no id */
    GOPLAN_ACT      /* nothing: an act of the user's own (pause, seal, resume) that is done here */
};

/* Orders of whole sessions, for goplan_session. */
enum goplan_order {
    GOPLAN_ORDER_RETRIEVE, /* in which the new kernel is first asked for their files; empty ones last */
    GOPLAN_ORDER_CREATE,   /* in which the old kernel creates them; begins with those that it has */
    GOPLAN_ORDER_CLOSE,    /* in which they are closed where the update is called off */
    GOPLAN_ORDER_FINISH,   /* in which the new kernel finishes them */
    GOPLAN_ORDER_OWN       /* the first that the model itself names; up to six of these */
};

/* What goplan_check found: GOPLAN_LEGAL; or below GOPLAN_ILLEGAL the bytes are no certificate or contradict
 * themselves; or from there up they are one, and the plan breaks it. Numbers stay what they are. */
enum goplan_code {
    GOPLAN_LEGAL = 0,
    GOPLAN_NO_SCRATCH = 1, GOPLAN_NO_CERTIFICATE = 2, GOPLAN_OTHER_VERSION = 3, GOPLAN_WRONG_LENGTH = 4,
    GOPLAN_WRONG_HEADER = 5, GOPLAN_WRONG_RULE = 6, GOPLAN_WRONG_MODEL = 7, GOPLAN_WRONG_NAME = 8,
    GOPLAN_UNSORTED_NAMES = 9, GOPLAN_WRONG_OBJECT = 10, GOPLAN_WRONG_FILES = 11, GOPLAN_WRONG_PRESERVED = 12,
    GOPLAN_WRONG_DEPENDENCY = 13, GOPLAN_WRONG_KERNEL_LIST = 14, GOPLAN_WRONG_STEP = 15,
    GOPLAN_ILLEGAL = 32,
    GOPLAN_BAD_ORDER = 32, GOPLAN_BAD_CREATED = 33, GOPLAN_MISPLACED_ACT = 34, GOPLAN_NO_OWNER = 35,
    GOPLAN_MOVED_AGAIN = 36, GOPLAN_STEP_MISSING = 37, GOPLAN_NOT_DERIVED = 38, GOPLAN_ACT_INSIDE = 39,
    GOPLAN_BAD_WAVE = 40, GOPLAN_BAD_BEGINNING = 41, GOPLAN_BAD_RETRIEVE = 42, GOPLAN_CYCLE = 43,
    GOPLAN_BROKEN_STEPS = 44, GOPLAN_BROKEN_SESSIONS = 45, GOPLAN_BROKEN_WAVES = 46, GOPLAN_BAD_CARRIED = 47,
    GOPLAN_CARRIED_MISSING = 48, GOPLAN_CARRIED_ORDER = 49
};

/* The first thing that is wrong. */
typedef struct goplan_fault {
    int code;             /* of goplan_code */
    int phase;            /* of goplan_phase; -1 where it belongs to none */
    uint32_t position;    /* the number of what `counts` names, from 0 up */
    const char *counts;   /* "step", "dependency", "object", "session", "name", "phase", "byte", ... */
    const char *sentence; /* one sentence in English; static */
} goplan_fault;

/* Bytes of UTF-8 inside the certificate. No NUL follows them. */
typedef struct goplan_text {
    const char *bytes;
    size_t length;
} goplan_text;

/* A step. */
typedef struct goplan_step {
    int phase;              /* of goplan_phase */
    uint32_t index;         /* its place in the phase, from 0 up */
    uint32_t wave;          /* steps of one wave do not depend on one another */
    int kind;               /* of goplan_kind */
    int is_done;            /* whether the kernel has it already: nothing is left to do */
    uint64_t token;         /* of a file; 0 for all else, which has none */
    goplan_text session;    /* the kernel's name for it; empty for GOPLAN_ALL */
    goplan_text id;         /* of a file, an object or an act; empty for all else */
    uint32_t carried_count; /* how many objects move inside it, for goplan_carried */
    uint32_t carried_first;
} goplan_step;

/* A plan that goplan_check found legal. Its members are for this header alone. */
typedef struct goplan_plan {
    const unsigned char *bytes; /* NULL where it is not legal */
    size_t preserved_ends, preserved, objects, dependencies, orders[10], steps[6], carried[6];
    size_t ranks, sessions_by_name, objects_by_name, files_by_token, name_ends, names;
    uint32_t session_count, object_count, dependency_count, created_count, preserved_count, file_count;
    uint32_t kernel_count, rank_tables, own_orders, name_bytes, step_count[6], carried_count[6];
    uint32_t done_count;
} goplan_plan;

/* How many uint32_t goplan_check needs as scratch; 0 where the bytes are no certificate of this version with
 * the length that it states. Less than the length of the certificate. O(1).
 * `bytes` may be NULL where `length` is 0. */
static inline size_t goplan_scratch_words(const void *bytes, size_t length);

/* Checks a certificate: its form, and that the plan is legal for what it says, in all six phases.
 *
 * `plan`     becomes what the other functions take; one without steps where anything is wrong.
 * `bytes`    the certificate, `length` bytes; not copied.
 * `scratch`  `words` uint32_t, at least goplan_scratch_words; their contents do not matter.
 * `fault`    told the first thing that is wrong; may be NULL.
 *
 * Returns GOPLAN_LEGAL, which is 0, or what is wrong. O(length) in time. */
static inline int goplan_check(
    goplan_plan *plan, const void *bytes, size_t length, uint32_t *scratch, size_t words,
    goplan_fault *fault);

/* Whether a code says that the bytes are no certificate, rather than one of an illegal plan. */
static inline int goplan_is_malformed(int code);

/* One English sentence for a code of goplan_check; static, never NULL. */
static inline const char *goplan_sentence(int code);

/* How many steps a phase has; 0 for a phase that is none. O(1). */
static inline uint32_t goplan_step_count(const goplan_plan *plan, int phase);

/* Fills `step` with the step of a number: to go on where an executor stopped. Returns 1, or 0 where there is
 * no such step and nothing was filled in. O(1). */
static inline int goplan_step_at(const goplan_plan *plan, int phase, uint32_t index, goplan_step *step);

/* The first step of a phase. As goplan_step_at. */
static inline int goplan_first(const goplan_plan *plan, int phase, goplan_step *step);

/* The step behind `step`, which becomes it. As goplan_step_at. */
static inline int goplan_next(const goplan_plan *plan, goplan_step *step);

/* The id of an object that moves inside a step, in the order in which they move; `index` counts from 0 and
 * below `carried_count`. Empty where there is none. O(1). */
static inline goplan_text goplan_carried(const goplan_plan *plan, const goplan_step *step, uint32_t index);

/* The name of a session by its place in an order of goplan_order; empty where there is none. O(1). */
static inline goplan_text goplan_session(const goplan_plan *plan, int order, uint32_t index);

/* How many sessions there are. Each order that the model has lists them all. O(1). */
static inline uint32_t goplan_session_count(const goplan_plan *plan);

/* Whether the plan's models have an order of goplan_order. O(1). */
static inline int goplan_has_order(const goplan_plan *plan, int order);

/* How many sessions the kernel has already: the first of GOPLAN_ORDER_CREATE. O(1). */
static inline uint32_t goplan_created_count(const goplan_plan *plan);

/* Whether a caller names a session and nothing in it: the phase moves it at once, or the kernel runs through
 * its files by itself, as Linux does in freeze, unfreeze, unpreserve and finish. Acts are steps even then.
 * O(1). */
static inline int goplan_is_called_by_session(const goplan_plan *plan, int phase);

/* The lifecycle model of the plan: a name, or OLD:NEW. O(1). */
static inline goplan_text goplan_model(const goplan_plan *plan);

/* The SHA-256 of the set that the plan was made for, 32 bytes; NULL where the plan is not legal. Whoever has
 * the set compares it: what is checked is legal for what the certificate says of the set. O(1). */
static inline const unsigned char *goplan_input(const goplan_plan *plan);

/* The SHA-256 of the rule table by which `needs` was read. As goplan_input. */
static inline const unsigned char *goplan_rules(const goplan_plan *plan);

/* ---- What a caller need not read ---- */

#define GOPLAN_IN_HEADER 208u
#define GOPLAN_IN_NONE 0xFFFFFFFFu
#define GOPLAN_IN_COUNT_MAX 0x7FFFFFFEu

enum goplan_in_unit { GOPLAN_IN_OBJECTS, GOPLAN_IN_FILES, GOPLAN_IN_SESSIONS, GOPLAN_IN_EVERYTHING };
enum goplan_in_inside { GOPLAN_IN_CHOSEN, GOPLAN_IN_FORWARD, GOPLAN_IN_BACKWARD, GOPLAN_IN_TOGETHER };
enum goplan_in_type { GOPLAN_IN_KERNEL, GOPLAN_IN_FILE, GOPLAN_IN_CARRIED, GOPLAN_IN_ACT };
enum goplan_in_relation { GOPLAN_IN_INSIDE, GOPLAN_IN_PLACES, GOPLAN_IN_STEPS, GOPLAN_IN_WAVES };

/* One check: the scratch in parts, and the phase that is looked at. `late` has four words for each object and
 * session and `early` for each session: two moments, each a time from 1 up and whose it is. */
typedef struct goplan_in_state {
    const goplan_plan *plan;
    goplan_fault *fault;
    uint32_t *step_of;       /* what -> its step in this phase */
    uint32_t *preserve_step; /* object -> its step in preserve */
    uint32_t *place;         /* session -> its place in this phase's order */
    uint32_t *spare;         /* object, then session: whatever one check counts */
    uint32_t *late, *early;
    int phase, unit, order, is_backward, inside, needed_first;
} goplan_in_state;

static inline uint32_t goplan_in_u32(const unsigned char *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static inline uint64_t goplan_in_u64(const unsigned char *at)
{
    return (uint64_t)goplan_in_u32(at) | (uint64_t)goplan_in_u32(at + 4) << 32;
}

/* Entry i of a list of u32. */
static inline uint32_t goplan_in_entry(const goplan_plan *plan, size_t list, size_t i)
{
    return goplan_in_u32(plan->bytes + list + 4 * i);
}

static inline int goplan_is_malformed(int code)
{
    return code != GOPLAN_LEGAL && code < GOPLAN_ILLEGAL;
}

static inline const char *goplan_sentence(int code)
{
    switch (code) {
    case GOPLAN_LEGAL: return "The plan keeps every dependency of its certificate, in all six phases.";
    case GOPLAN_NO_SCRATCH: return "The scratch is smaller than goplan_scratch_words asks.";
    case GOPLAN_NO_CERTIFICATE: return "These bytes are no certificate.";
    case GOPLAN_OTHER_VERSION: return "The certificate has a version that is not read here.";
    case GOPLAN_WRONG_LENGTH: return "The length differs from what the header says.";
    case GOPLAN_WRONG_HEADER: return "A number of the header cannot be.";
    case GOPLAN_WRONG_RULE: return "That is no rule of a model.";
    case GOPLAN_WRONG_MODEL: return "A built-in model is not what the contract says.";
    case GOPLAN_WRONG_NAME: return "A name is empty, too long or no UTF-8, or its end lies elsewhere.";
    case GOPLAN_UNSORTED_NAMES: return "Sorted names do not ascend: one stands twice, or the list lies.";
    case GOPLAN_WRONG_OBJECT: return "An object has a type, a place, a phase or a token that cannot be.";
    case GOPLAN_WRONG_FILES: return "Sorted files do not ascend: a token stands twice, or the list lies.";
    case GOPLAN_WRONG_PRESERVED: return "Preserved are files of their own created session, each once.";
    case GOPLAN_WRONG_DEPENDENCY: return "A dependency has an end or phases that cannot be.";
    case GOPLAN_WRONG_KERNEL_LIST: return "The dependencies of what the kernel moves are not listed by rank.";
    case GOPLAN_WRONG_STEP: return "A step moves nothing that there is, or what it carries lies elsewhere.";
    case GOPLAN_BAD_ORDER: return "An order does not list every session once.";
    case GOPLAN_BAD_CREATED: return "The creation order does not begin with what the kernel has.";
    case GOPLAN_MISPLACED_ACT: return "The model has no place for this act in its phase.";
    case GOPLAN_NO_OWNER: return "A step moves what has no step of its own.";
    case GOPLAN_MOVED_AGAIN: return "A step moves what another one moves.";
    case GOPLAN_STEP_MISSING: return "Something has no step.";
    case GOPLAN_NOT_DERIVED: return "The model does not have that in this step.";
    case GOPLAN_ACT_INSIDE: return "A step is an act inside a session.";
    case GOPLAN_BAD_WAVE: return "A step is in another wave than the model has it.";
    case GOPLAN_BAD_BEGINNING: return "What is preserved already does not keep the place that it has.";
    case GOPLAN_BAD_RETRIEVE: return "The retrieve order does not follow the first steps of the sessions.";
    case GOPLAN_CYCLE: return "The ranks do not rise along a dependency: it lies on a cycle, or they lie.";
    case GOPLAN_BROKEN_STEPS: return "The steps of two ends break the dependency between them.";
    case GOPLAN_BROKEN_SESSIONS: return "The sessions of two ends break the dependency between them.";
    case GOPLAN_BROKEN_WAVES: return "The waves of two ends break the dependency between them.";
    case GOPLAN_BAD_CARRIED: return "A step does not carry what it should.";
    case GOPLAN_CARRIED_MISSING: return "Something is carried by no step.";
    case GOPLAN_CARRIED_ORDER: return "The two ends of a dependency are carried in the wrong order.";
    default: return "That is no code of goplan_check.";
    }
}

static inline int goplan_in_found(
    goplan_fault *fault, int code, int phase, const char *counts, uint32_t position)
{
    if (fault != NULL) {
        fault->code = code;
        fault->phase = phase;
        fault->position = position;
        fault->counts = counts;
        fault->sentence = goplan_sentence(code);
    }
    return code;
}

/* ---- The form ---- */

static inline int goplan_in_rule(const goplan_plan *plan, int phase, int part)
{
    return plan->bytes[88 + 4 * phase + part];
}

/* Takes a section of `count` entries from what is left; 0 where there is too little. */
static inline int goplan_in_take(
    uint64_t *at, uint64_t length, uint64_t count, uint64_t size, size_t *section)
{
    uint64_t bytes = count * size; /* below 2^40, as counts go */
    if (bytes > length - *at)
        return 0;
    *section = (size_t)*at;
    *at += bytes;
    return 1;
}

static inline int goplan_in_has_order(const goplan_plan *plan, int order)
{
    int retrieve = goplan_in_rule(plan, GOPLAN_RETRIEVE, 0);
    if (order == GOPLAN_ORDER_RETRIEVE)
        return retrieve == GOPLAN_IN_FILES || retrieve == GOPLAN_IN_SESSIONS;
    for (int p = 0; p < GOPLAN_PHASES; p++)
        if (goplan_in_rule(plan, p, 1) == order)
            return 1;
    return 0;
}

static inline void goplan_in_counts(goplan_plan *plan)
{
    const unsigned char *bytes = plan->bytes;
    plan->session_count = goplan_in_u32(bytes + 120);
    plan->object_count = goplan_in_u32(bytes + 124);
    plan->dependency_count = goplan_in_u32(bytes + 128);
    plan->created_count = goplan_in_u32(bytes + 132);
    plan->preserved_count = goplan_in_u32(bytes + 136);
    plan->file_count = goplan_in_u32(bytes + 140);
    plan->kernel_count = goplan_in_u32(bytes + 144);
    plan->rank_tables = goplan_in_u32(bytes + 148);
    plan->own_orders = goplan_in_u32(bytes + 152);
    plan->name_bytes = goplan_in_u32(bytes + 156);
    for (int p = 0; p < GOPLAN_PHASES; p++) {
        plan->step_count[p] = goplan_in_u32(bytes + 160 + 4 * p);
        plan->carried_count[p] = goplan_in_u32(bytes + 184 + 4 * p);
    }
}

/* Where every section lies. Afterwards every list has room in the bytes. */
static inline int goplan_in_sections(goplan_plan *plan, uint64_t length)
{
    uint64_t at = GOPLAN_IN_HEADER, s = plan->session_count, o = plan->object_count;
    int fits = goplan_in_take(&at, length, s, 4, &plan->preserved_ends)
        && goplan_in_take(&at, length, plan->preserved_count, 4, &plan->preserved)
        && goplan_in_take(&at, length, o, 16, &plan->objects)
        && goplan_in_take(&at, length, plan->dependency_count, 12, &plan->dependencies);
    for (int i = 1; fits && i <= 10; i++) {
        int order = i < 10 ? i : GOPLAN_ORDER_RETRIEVE;
        fits = goplan_in_take(&at, length, goplan_in_has_order(plan, order) ? s : 0, 4, &plan->orders[order]);
    }
    for (int p = 0; fits && p < GOPLAN_PHASES; p++)
        fits = goplan_in_take(&at, length, plan->step_count[p], 12, &plan->steps[p])
            && goplan_in_take(&at, length, plan->carried_count[p], 4, &plan->carried[p]);
    return fits
        && goplan_in_take(&at, length, plan->rank_tables * (o + plan->kernel_count), 4, &plan->ranks)
        && goplan_in_take(&at, length, s, 4, &plan->sessions_by_name)
        && goplan_in_take(&at, length, o, 4, &plan->objects_by_name)
        && goplan_in_take(&at, length, plan->file_count, 4, &plan->files_by_token)
        && goplan_in_take(&at, length, s + o + plan->own_orders + 1, 4, &plan->name_ends)
        && goplan_in_take(&at, length, plan->name_bytes, 1, &plan->names)
        && at == length;
}

static inline int goplan_in_header(goplan_plan *plan, const void *bytes, size_t length, goplan_fault *fault)
{
    static const unsigned char magic[8] = { 0x89, 'G', 'O', 'P', 'L', 'A', 'N', '\n' };
    plan->bytes = NULL;
    plan->done_count = 0;
    for (size_t i = 0; i < 8; i++)
        if (bytes == NULL || i >= length || ((const unsigned char *)bytes)[i] != magic[i])
            return goplan_in_found(fault, GOPLAN_NO_CERTIFICATE, -1, "byte", (uint32_t)i);
    if (length < GOPLAN_IN_HEADER)
        return goplan_in_found(fault, GOPLAN_WRONG_LENGTH, -1, "byte", (uint32_t)length);
    plan->bytes = (const unsigned char *)bytes;
    if (goplan_in_u32(plan->bytes + 8) != GOPLAN_VERSION || goplan_in_u32(plan->bytes + 12) != 0)
        return goplan_in_found(fault, GOPLAN_OTHER_VERSION, -1, "byte", 8);
    goplan_in_counts(plan);
    if (plan->rank_tables > 6 || plan->own_orders > 6)
        return goplan_in_found(fault, GOPLAN_WRONG_HEADER, -1, "byte", plan->rank_tables > 6 ? 148 : 152);
    if (goplan_in_u64(plan->bytes + 16) != length || !goplan_in_sections(plan, length))
        return goplan_in_found(fault, GOPLAN_WRONG_LENGTH, -1, "byte", 16);
    if ((uint64_t)plan->session_count + plan->object_count > GOPLAN_IN_COUNT_MAX
        || plan->created_count > plan->session_count)
        return goplan_in_found(fault, GOPLAN_WRONG_HEADER, -1, "byte", 120);
    for (int p = 0; p < GOPLAN_PHASES; p++)
        if (plan->step_count[p] > GOPLAN_IN_COUNT_MAX)
            return goplan_in_found(fault, GOPLAN_WRONG_HEADER, p, "byte", 160 + 4 * (uint32_t)p);
    return GOPLAN_LEGAL;
}

static inline int goplan_in_check_rules(const goplan_plan *plan, goplan_fault *fault)
{
    uint32_t own = 0;
    for (int p = 0; p < GOPLAN_PHASES; p++) {
        int unit = goplan_in_rule(plan, p, 0), order = goplan_in_rule(plan, p, 1);
        int is_backward = goplan_in_rule(plan, p, 2), inside = goplan_in_rule(plan, p, 3);
        int table = plan->bytes[112 + p];
        int reads = inside == GOPLAN_IN_FORWARD || inside == GOPLAN_IN_BACKWARD;
        int fits = unit <= GOPLAN_IN_EVERYTHING && inside <= GOPLAN_IN_TOGETHER
            && is_backward <= (order != 0)
            && order <= (int)(GOPLAN_ORDER_FINISH + own) + (own < plan->own_orders);
        own += order == (int)(GOPLAN_ORDER_OWN + own);
        fits = fits && (unit == GOPLAN_IN_OBJECTS ? order == 0 && inside == GOPLAN_IN_CHOSEN
            : unit == GOPLAN_IN_FILES ? inside != GOPLAN_IN_TOGETHER
            : inside == GOPLAN_IN_TOGETHER && (order == 0) == (unit == GOPLAN_IN_EVERYTHING));
        fits = fits && (p == 0 ? order == 0 && inside == GOPLAN_IN_CHOSEN
            : !reads || goplan_in_rule(plan, 0, 0) == GOPLAN_IN_FILES);
        if (!fits)
            return goplan_in_found(fault, GOPLAN_WRONG_RULE, p, "phase", (uint32_t)p);
        if (unit == GOPLAN_IN_EVERYTHING ? table != 255 : (uint32_t)table >= plan->rank_tables)
            return goplan_in_found(fault, GOPLAN_WRONG_HEADER, p, "byte", 112 + (uint32_t)p);
    }
    if (own != plan->own_orders || plan->bytes[118] != 0 || plan->bytes[119] != 0)
        return goplan_in_found(fault, GOPLAN_WRONG_HEADER, -1, "byte", own != plan->own_orders ? 152 : 118);
    return GOPLAN_LEGAL;
}

/* ---- Names ---- */

/* Name i: sessions first, then objects, the model's own orders, the model. */
static inline goplan_text goplan_in_name(const goplan_plan *plan, size_t i)
{
    size_t begin = i == 0 ? 0 : goplan_in_entry(plan, plan->name_ends, i - 1);
    goplan_text found;
    found.bytes = (const char *)(plan->bytes + plan->names + begin);
    found.length = goplan_in_entry(plan, plan->name_ends, i) - begin;
    return found;
}

static inline goplan_text goplan_in_id(const goplan_plan *plan, uint32_t object)
{
    return goplan_in_name(plan, (size_t)plan->session_count + object);
}

/* Less than 0, 0, or more, as the first differs from the second; a beginning comes first. */
static inline int goplan_in_compare(goplan_text first, goplan_text second)
{
    for (size_t i = 0; i < first.length && i < second.length; i++)
        if (first.bytes[i] != second.bytes[i])
            return (unsigned char)first.bytes[i] < (unsigned char)second.bytes[i] ? -1 : 1;
    return first.length == second.length ? 0 : first.length < second.length ? -1 : 1;
}

static inline int goplan_in_is(goplan_text text, const char *word)
{
    size_t i = 0;
    while (i < text.length && word[i] != 0 && text.bytes[i] == word[i])
        i++;
    return i == text.length && word[i] == 0;
}

/* Whether bytes are well-formed UTF-8 (Unicode, table 3-7). */
static inline int goplan_in_is_utf8(goplan_text text)
{
    const unsigned char *bytes = (const unsigned char *)text.bytes;
    size_t i = 0;
    while (i < text.length) {
        unsigned lead = bytes[i++];
        unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        int more = lead < 0x80 ? 0 : lead < 0xC2 || lead > 0xF4 ? -1 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
        if (more < 0)
            return 0;
        for (; more > 0; more--, i++, low = 0x80, high = 0xBF)
            if (i == text.length || bytes[i] < low || bytes[i] > high)
                return 0;
    }
    return 1;
}

static inline int goplan_in_check_texts(const goplan_plan *plan, goplan_fault *fault)
{
    size_t count = (size_t)plan->session_count + plan->object_count + plan->own_orders + 1;
    uint32_t last = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t end = goplan_in_entry(plan, plan->name_ends, i);
        goplan_text name;
        int fits = end > last && end <= plan->name_bytes;
        if (!fits)
            return goplan_in_found(fault, GOPLAN_WRONG_NAME, -1, "name", (uint32_t)i);
        name = goplan_in_name(plan, i);
        fits = goplan_in_is_utf8(name);
        if (i < plan->session_count) {
            fits = fits && name.length < 64;
            for (size_t j = 0; fits && j < name.length; j++)
                fits = name.bytes[j] != 0;
        }
        if (!fits)
            return goplan_in_found(fault, GOPLAN_WRONG_NAME, -1, "name", (uint32_t)i);
        last = end;
    }
    return last == plan->name_bytes ? GOPLAN_LEGAL
        : goplan_in_found(fault, GOPLAN_WRONG_NAME, -1, "name", (uint32_t)count);
}

/* Each name once: those of a sorted list ascend. */
static inline int goplan_in_check_sorted(
    const goplan_plan *plan, size_t list, uint32_t first, uint32_t count, goplan_fault *fault)
{
    goplan_text last = { NULL, 0 };
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = goplan_in_entry(plan, list, i);
        goplan_text name;
        if (number >= count)
            return goplan_in_found(fault, GOPLAN_UNSORTED_NAMES, -1, "name", i);
        name = goplan_in_name(plan, (size_t)first + number);
        if (i > 0 && goplan_in_compare(last, name) >= 0)
            return goplan_in_found(fault, GOPLAN_UNSORTED_NAMES, -1, "name", i);
        last = name;
    }
    return GOPLAN_LEGAL;
}

/* The name of an own order is a word, and no other order's. */
static inline int goplan_in_check_own_orders(const goplan_plan *plan, goplan_fault *fault)
{
    static const char *const others[5] = { "interleaved", "retrieve", "create", "close", "finish" };
    size_t first = (size_t)plan->session_count + plan->object_count;
    for (uint32_t i = 0; i < plan->own_orders; i++) {
        goplan_text name = goplan_in_name(plan, first + i);
        int fits = 1;
        for (size_t j = 0; j < name.length; j++)
            fits = fits && name.bytes[j] != ' ';
        for (int j = 0; j < 5; j++)
            fits = fits && !goplan_in_is(name, others[j]);
        for (uint32_t j = 0; j < i; j++)
            fits = fits && goplan_in_compare(name, goplan_in_name(plan, first + j)) != 0;
        if (!fits)
            return goplan_in_found(fault, GOPLAN_WRONG_NAME, -1, "name", (uint32_t)(first + i));
    }
    return GOPLAN_LEGAL;
}

/* A built-in model has the rules of the contract (model.md). */
static inline int goplan_in_check_model(const goplan_plan *plan, goplan_fault *fault)
{
    static const unsigned char linux_rules[6][4] = {
        { GOPLAN_IN_FILES, 0, 0, GOPLAN_IN_CHOSEN },
        { GOPLAN_IN_FILES, GOPLAN_ORDER_CREATE, 0, GOPLAN_IN_FORWARD },
        { GOPLAN_IN_FILES, GOPLAN_ORDER_CREATE, 1, GOPLAN_IN_FORWARD },
        { GOPLAN_IN_FILES, GOPLAN_ORDER_CLOSE, 0, GOPLAN_IN_BACKWARD },
        { GOPLAN_IN_FILES, 0, 0, GOPLAN_IN_CHOSEN },
        { GOPLAN_IN_FILES, GOPLAN_ORDER_FINISH, 0, GOPLAN_IN_BACKWARD } };
    static const unsigned char free_rule[4] = { GOPLAN_IN_OBJECTS, 0, 0, GOPLAN_IN_CHOSEN };
    static const unsigned char session_rule[4] = {
        GOPLAN_IN_SESSIONS, GOPLAN_ORDER_FINISH, 0, GOPLAN_IN_TOGETHER };
    static const unsigned char global_rule[4] = { GOPLAN_IN_EVERYTHING, 0, 0, GOPLAN_IN_TOGETHER };
    goplan_text whole = goplan_model(plan), name;
    size_t colon = 0;
    while (colon < whole.length && whole.bytes[colon] != ':')
        colon++;
    for (int p = 0; p < GOPLAN_PHASES; p++) {
        const unsigned char *rule = NULL;
        int is_new = p >= GOPLAN_RETRIEVE && colon < whole.length;
        name.bytes = is_new ? whole.bytes + colon + 1 : whole.bytes;
        name.length = is_new ? whole.length - colon - 1 : colon;
        if (goplan_in_is(name, "explicit-graph"))
            rule = free_rule;
        else if (goplan_in_is(name, "linux-7.3") || goplan_in_is(name, "linux-next"))
            rule = linux_rules[p];
        else if (goplan_in_is(name, "session-finish"))
            rule = p < GOPLAN_FINISH ? linux_rules[p] : session_rule;
        else if (goplan_in_is(name, "global-finish"))
            rule = p < GOPLAN_FINISH ? linux_rules[p] : global_rule;
        for (int part = 0; rule != NULL && part < 4; part++)
            if (goplan_in_rule(plan, p, part) != rule[part])
                return goplan_in_found(fault, GOPLAN_WRONG_MODEL, p, "phase", (uint32_t)p);
    }
    return GOPLAN_LEGAL;
}

static inline int goplan_in_check_names(const goplan_plan *plan, goplan_fault *fault)
{
    int code = goplan_in_check_texts(plan, fault);
    if (code == GOPLAN_LEGAL)
        code = goplan_in_check_sorted(plan, plan->sessions_by_name, 0, plan->session_count, fault);
    if (code == GOPLAN_LEGAL)
        code = goplan_in_check_sorted(
            plan, plan->objects_by_name, plan->session_count, plan->object_count, fault);
    if (code == GOPLAN_LEGAL)
        code = goplan_in_check_own_orders(plan, fault);
    return code == GOPLAN_LEGAL ? goplan_in_check_model(plan, fault) : code;
}

/* ---- Sessions, objects, dependencies ---- */

static inline const unsigned char *goplan_in_object(const goplan_plan *plan, uint32_t object)
{
    return plan->bytes + plan->objects + 16 * (size_t)object;
}

static inline int goplan_in_type(const goplan_plan *plan, uint32_t object)
{
    return goplan_in_object(plan, object)[4];
}

static inline uint32_t goplan_in_object_place(const goplan_plan *plan, uint32_t object)
{
    return goplan_in_u32(goplan_in_object(plan, object));
}

static inline uint64_t goplan_in_token(const goplan_plan *plan, uint32_t object)
{
    return goplan_in_u64(goplan_in_object(plan, object) + 8);
}

/* The file that an object is or lies in; NONE for an act and for what the kernel moves. */
static inline uint32_t goplan_in_file_of(const goplan_plan *plan, uint32_t object)
{
    int type = goplan_in_type(plan, object);
    return type == GOPLAN_IN_FILE ? object
        : type == GOPLAN_IN_CARRIED ? goplan_in_object_place(plan, object) : GOPLAN_IN_NONE;
}

/* The session in which an object or act lies; NONE for what the kernel moves. */
static inline uint32_t goplan_in_home(const goplan_plan *plan, uint32_t object)
{
    uint32_t place = goplan_in_object_place(plan, object);
    return goplan_in_type(plan, object) == GOPLAN_IN_CARRIED ? goplan_in_object_place(plan, place) : place;
}

static inline int goplan_in_is_act(const goplan_plan *plan, uint32_t what)
{
    return what < plan->object_count && goplan_in_type(plan, what) == GOPLAN_IN_ACT;
}

static inline int goplan_in_check_objects(const goplan_plan *plan, goplan_fault *fault)
{
    uint32_t last = GOPLAN_IN_NONE;
    for (uint32_t i = 0; i < plan->object_count; i++) {
        const unsigned char *at = goplan_in_object(plan, i);
        uint32_t place = goplan_in_u32(at);
        int type = at[4];
        int fits = type == GOPLAN_IN_KERNEL ? place == GOPLAN_IN_NONE
            : type == GOPLAN_IN_CARRIED
            ? place < plan->object_count && goplan_in_type(plan, place) == GOPLAN_IN_FILE
            : type <= GOPLAN_IN_ACT && place < plan->session_count;
        fits = fits && at[7] == 0 && (type == GOPLAN_IN_ACT
            ? at[5] < GOPLAN_PHASES && at[6] <= 1 : at[5] == 0 && at[6] == 0);
        if (!fits || (type != GOPLAN_IN_FILE && goplan_in_u64(at + 8) != 0))
            return goplan_in_found(fault, GOPLAN_WRONG_OBJECT, -1, "object", i);
    }
    for (uint32_t i = 0; i < plan->file_count; i++) {
        uint32_t file = goplan_in_entry(plan, plan->files_by_token, i);
        int fits = file < plan->object_count && goplan_in_type(plan, file) == GOPLAN_IN_FILE;
        if (fits && i > 0) {
            uint32_t own = goplan_in_object_place(plan, file), other = goplan_in_object_place(plan, last);
            fits = own > other
                || (own == other && goplan_in_token(plan, file) > goplan_in_token(plan, last));
        }
        if (!fits)
            return goplan_in_found(fault, GOPLAN_WRONG_FILES, -1, "place among the sorted files", i);
        last = file;
    }
    last = 0;
    for (uint32_t i = 0; i < plan->object_count; i++)
        last += goplan_in_type(plan, i) == GOPLAN_IN_FILE;
    return last == plan->file_count ? GOPLAN_LEGAL
        : goplan_in_found(fault, GOPLAN_WRONG_FILES, -1, "place among the sorted files", plan->file_count);
}

/* Leaves in spare the place of each preserved file in its session. */
static inline int goplan_in_check_preserved_lists(const goplan_in_state *state)
{
    const goplan_plan *plan = state->plan;
    uint32_t *places = state->spare, first = 0;
    for (uint32_t i = 0; i < plan->object_count; i++)
        places[i] = GOPLAN_IN_NONE;
    for (uint32_t s = 0; s < plan->session_count; s++) {
        uint32_t end = goplan_in_entry(plan, plan->preserved_ends, s);
        if (end < first || end > plan->preserved_count || (end > first && s >= plan->created_count))
            return goplan_in_found(state->fault, GOPLAN_WRONG_PRESERVED, -1, "session", s);
        for (uint32_t i = first; i < end; i++) {
            uint32_t file = goplan_in_entry(plan, plan->preserved, i);
            if (file >= plan->object_count || goplan_in_type(plan, file) != GOPLAN_IN_FILE
                || goplan_in_object_place(plan, file) != s || places[file] != GOPLAN_IN_NONE)
                return goplan_in_found(state->fault, GOPLAN_WRONG_PRESERVED, -1, "session", s);
            places[file] = i - first;
        }
        first = end;
    }
    return first == plan->preserved_count ? GOPLAN_LEGAL
        : goplan_in_found(state->fault, GOPLAN_WRONG_PRESERVED, -1, "session", plan->session_count);
}

static inline const unsigned char *goplan_in_dependency(const goplan_plan *plan, uint32_t dependency)
{
    return plan->bytes + plan->dependencies + 12 * (size_t)dependency;
}

/* Whether a dependency binds in a phase: it names it, and nobody waived it there. */
static inline int goplan_in_binds(const unsigned char *dependency, int phase)
{
    return ((dependency[8] & ~dependency[9]) >> phase & 1) != 0;
}

static inline int goplan_in_check_dependencies(const goplan_plan *plan, goplan_fault *fault)
{
    uint32_t by_kernel = 0;
    for (uint32_t d = 0; d < plan->dependency_count; d++) {
        const unsigned char *at = goplan_in_dependency(plan, d);
        uint32_t ends[2];
        unsigned phases = at[8], waived = at[9];
        int fits;
        ends[0] = goplan_in_u32(at);
        ends[1] = goplan_in_u32(at + 4);
        fits = ends[0] != ends[1] && phases != 0 && phases < 64 && at[10] <= 1 && at[11] == 0
            && (waived & ~(at[10] != 0 ? phases : 0u)) == 0;
        for (int i = 0; i < 2; i++) {
            fits = fits && ends[i] < plan->object_count + plan->session_count;
            if (fits && goplan_in_is_act(plan, ends[i]))
                fits = phases == 1u << goplan_in_object(plan, ends[i])[5];
        }
        if (!fits)
            return goplan_in_found(fault, GOPLAN_WRONG_DEPENDENCY, -1, "dependency", d);
        by_kernel += ends[0] < plan->object_count && goplan_in_type(plan, ends[0]) == GOPLAN_IN_KERNEL;
    }
    return by_kernel == plan->kernel_count ? GOPLAN_LEGAL
        : goplan_in_found(fault, GOPLAN_WRONG_HEADER, -1, "byte", 144);
}

static inline size_t goplan_in_ranks(const goplan_plan *plan, size_t table)
{
    return plan->ranks + 4 * table * ((size_t)plan->object_count + plan->kernel_count);
}

/* Every dependency of what the kernel moves stands once in each list: there are as many, and they ascend. */
static inline int goplan_in_check_kernel_lists(const goplan_plan *plan, goplan_fault *fault)
{
    for (uint32_t table = 0; table < plan->rank_tables; table++) {
        size_t ranks = goplan_in_ranks(plan, table), list = ranks + 4 * (size_t)plan->object_count;
        uint32_t last = 0, last_rank = 0;
        for (uint32_t i = 0; i < plan->kernel_count; i++) {
            uint32_t d = goplan_in_entry(plan, list, i), dependent, rank;
            if (d >= plan->dependency_count)
                return goplan_in_found(fault, GOPLAN_WRONG_KERNEL_LIST, -1, "rank table", table);
            dependent = goplan_in_u32(goplan_in_dependency(plan, d));
            if (dependent >= plan->object_count || goplan_in_type(plan, dependent) != GOPLAN_IN_KERNEL)
                return goplan_in_found(fault, GOPLAN_WRONG_KERNEL_LIST, -1, "rank table", table);
            rank = goplan_in_entry(plan, ranks, dependent);
            if (i > 0 && (rank < last_rank || (rank == last_rank && d <= last)))
                return goplan_in_found(fault, GOPLAN_WRONG_KERNEL_LIST, -1, "rank table", table);
            last = d;
            last_rank = rank;
        }
    }
    return GOPLAN_LEGAL;
}

/* All steps move something that there is, and what they carry lies in the list of their phase. */
static inline int goplan_in_check_step_form(const goplan_plan *plan, goplan_fault *fault)
{
    for (int p = 0; p < GOPLAN_PHASES; p++) {
        uint32_t first = 0;
        for (uint32_t k = 0; k < plan->step_count[p]; k++) {
            const unsigned char *at = plan->bytes + plan->steps[p] + 12 * (size_t)k;
            uint32_t end = goplan_in_u32(at + 8);
            if (goplan_in_u32(at) > plan->object_count + plan->session_count
                || goplan_in_u32(at + 4) > 0x7FFFFFFFu || end < first || end > plan->carried_count[p])
                return goplan_in_found(fault, GOPLAN_WRONG_STEP, p, "step", k);
            first = end;
        }
        if (first != plan->carried_count[p])
            return goplan_in_found(fault, GOPLAN_WRONG_STEP, p, "step", plan->step_count[p]);
        for (uint32_t i = 0; i < plan->carried_count[p]; i++)
            if (goplan_in_entry(plan, plan->carried[p], i) >= plan->object_count)
                return goplan_in_found(fault, GOPLAN_WRONG_STEP, p, "place among what is carried", i);
    }
    return GOPLAN_LEGAL;
}

/* ---- Legality ---- */

static inline int goplan_in_break(
    const goplan_in_state *state, int code, const char *counts, uint32_t position)
{
    return goplan_in_found(state->fault, code, state->phase, counts, position);
}

static inline const unsigned char *goplan_in_step(const goplan_in_state *state, uint32_t step)
{
    return state->plan->bytes + state->plan->steps[state->phase] + 12 * (size_t)step;
}

static inline uint32_t goplan_in_what(const goplan_in_state *state, uint32_t step)
{
    return goplan_in_u32(goplan_in_step(state, step));
}

static inline uint32_t goplan_in_wave(const goplan_in_state *state, uint32_t step)
{
    return goplan_in_u32(goplan_in_step(state, step) + 4);
}

/* The session of what a step moves; NONE for everything. */
static inline uint32_t goplan_in_session_of(const goplan_plan *plan, uint32_t what)
{
    return what < plan->object_count ? goplan_in_home(plan, what)
        : what == plan->object_count + plan->session_count ? GOPLAN_IN_NONE : what - plan->object_count;
}

/* What moves an object in this phase: itself, its file, its session, everything; NONE for nothing. */
static inline uint32_t goplan_in_mover(const goplan_in_state *state, uint32_t object)
{
    const goplan_plan *plan = state->plan;
    int type = goplan_in_type(plan, object);
    if (type == GOPLAN_IN_ACT)
        return goplan_in_object(plan, object)[5] == state->phase ? object : GOPLAN_IN_NONE;
    if (type == GOPLAN_IN_KERNEL)
        return GOPLAN_IN_NONE;
    return state->unit == GOPLAN_IN_OBJECTS ? object
        : state->unit == GOPLAN_IN_FILES ? goplan_in_file_of(plan, object)
        : plan->object_count + (state->unit == GOPLAN_IN_SESSIONS ? goplan_in_home(plan, object)
            : plan->session_count);
}

/* Each order lists each session once; the created ones stand first in theirs. Leaves places of the last. */
static inline int goplan_in_check_order(const goplan_in_state *state, int order)
{
    const goplan_plan *plan = state->plan;
    for (uint32_t s = 0; s < plan->session_count; s++)
        state->place[s] = GOPLAN_IN_NONE;
    for (uint32_t i = 0; i < plan->session_count; i++) {
        uint32_t s = goplan_in_entry(plan, plan->orders[order], i);
        if (s >= plan->session_count || state->place[s] != GOPLAN_IN_NONE)
            return goplan_in_break(state, GOPLAN_BAD_ORDER, "place in the order", i);
        if (order == GOPLAN_ORDER_CREATE && i < plan->created_count && s != i)
            return goplan_in_break(state, GOPLAN_BAD_CREATED, "place in the order", i);
        state->place[s] = i;
    }
    return GOPLAN_LEGAL;
}

/* Point 1: each owner has one step, and nothing else has. */
static inline int goplan_in_check_steps(const goplan_in_state *state)
{
    const goplan_plan *plan = state->plan;
    uint32_t objects = plan->object_count, all = objects + plan->session_count, steps, owners = 0;
    int takes_acts = state->unit != GOPLAN_IN_EVERYTHING
        && (state->order != 0 ? state->order != GOPLAN_ORDER_CREATE : state->inside == GOPLAN_IN_CHOSEN);
    steps = plan->step_count[state->phase];
    for (uint32_t i = 0; i <= all; i++)
        state->step_of[i] = GOPLAN_IN_NONE;
    for (uint32_t i = 0; i < objects; i++) {
        if (goplan_in_mover(state, i) != i)
            continue;
        if (!takes_acts && goplan_in_type(plan, i) == GOPLAN_IN_ACT)
            return goplan_in_break(state, GOPLAN_MISPLACED_ACT, "object", i);
        owners++;
    }
    if (state->unit == GOPLAN_IN_SESSIONS)
        owners += plan->session_count;
    if (state->unit == GOPLAN_IN_EVERYTHING)
        owners += plan->session_count > 0;
    for (uint32_t k = 0; k < steps; k++) {
        uint32_t what = goplan_in_what(state, k);
        int is_owner = what < objects ? goplan_in_mover(state, what) == what
            : what < all ? state->unit == GOPLAN_IN_SESSIONS
            : state->unit == GOPLAN_IN_EVERYTHING && plan->session_count > 0;
        if (!is_owner)
            return goplan_in_break(state, GOPLAN_NO_OWNER, "step", k);
        if (state->step_of[what] != GOPLAN_IN_NONE)
            return goplan_in_break(state, GOPLAN_MOVED_AGAIN, "step", k);
        state->step_of[what] = k;
    }
    return steps == owners ? GOPLAN_LEGAL : goplan_in_break(state, GOPLAN_STEP_MISSING, "step", steps);
}

static inline uint32_t goplan_in_place(const goplan_in_state *state, uint32_t session)
{
    uint32_t place = state->place[session];
    return state->is_backward ? state->plan->session_count - 1 - place : place;
}

/* Point 4, and 8 where waves count steps or sessions. */
static inline int goplan_in_check_derived(const goplan_in_state *state)
{
    int reads = state->inside == GOPLAN_IN_FORWARD || state->inside == GOPLAN_IN_BACKWARD;
    int by_session = state->order != 0, by_step = !by_session || state->order == GOPLAN_ORDER_CREATE;
    uint32_t last = GOPLAN_IN_NONE, last_place = 0, last_file = 0;
    if (!by_session && !reads)
        return GOPLAN_LEGAL;
    for (uint32_t k = 0; k < state->plan->step_count[state->phase]; k++) {
        uint32_t what = goplan_in_what(state, k), place, file;
        int is_same;
        if (goplan_in_is_act(state->plan, what))
            continue;
        place = by_session ? goplan_in_place(state, goplan_in_session_of(state->plan, what)) : 0;
        file = !reads ? 0 : state->inside == GOPLAN_IN_FORWARD ? state->preserve_step[what]
            : GOPLAN_IN_NONE - state->preserve_step[what];
        is_same = last != GOPLAN_IN_NONE && place == last_place;
        if (last != GOPLAN_IN_NONE && (place < last_place || (is_same && file < last_file)))
            return goplan_in_break(state, GOPLAN_NOT_DERIVED, "step", k);
        is_same = is_same && by_session;
        if (is_same && last != k - 1)
            return goplan_in_break(state, GOPLAN_ACT_INSIDE, "step", k - 1);
        if (goplan_in_wave(state, k) != (by_step ? k : goplan_in_wave(state, is_same ? last : k)))
            return goplan_in_break(state, GOPLAN_BAD_WAVE, "step", k);
        last = k;
        last_place = place;
        last_file = file;
    }
    return GOPLAN_LEGAL;
}

/* Point 5, of preserve. Counts the steps that the kernel has done. */
static inline int goplan_in_check_beginning(const goplan_in_state *state, uint32_t *done)
{
    const goplan_plan *plan = state->plan;
    uint32_t *places = state->spare, *last = state->spare + plan->object_count;
    int code = goplan_in_check_preserved_lists(state);
    if (code != GOPLAN_LEGAL)
        return code;
    for (uint32_t s = 0; s < plan->session_count; s++)
        last[s] = 0;
    *done = 0;
    for (uint32_t k = 0; k < plan->step_count[GOPLAN_PRESERVE]; k++) {
        uint32_t file = goplan_in_file_of(plan, goplan_in_what(state, k)), session;
        if (file == GOPLAN_IN_NONE || places[file] == GOPLAN_IN_NONE)
            continue;
        session = goplan_in_object_place(plan, file);
        if (*done != k || places[file] < last[session])
            return goplan_in_break(state, GOPLAN_BAD_BEGINNING, "step", k);
        last[session] = places[file];
        *done = k + 1;
    }
    return GOPLAN_LEGAL;
}

/* Point 3, of retrieve. */
static inline int goplan_in_check_retrieve(const goplan_in_state *state)
{
    const goplan_plan *plan = state->plan;
    uint32_t *seen = state->spare + plan->object_count, next = 0;
    for (uint32_t s = 0; s < plan->session_count; s++)
        seen[s] = 0;
    for (uint32_t k = 0; k < plan->step_count[GOPLAN_RETRIEVE]; k++) {
        uint32_t what = goplan_in_what(state, k), session = goplan_in_session_of(plan, what);
        if (goplan_in_is_act(plan, what) || seen[session] != 0)
            continue;
        if (goplan_in_entry(plan, plan->orders[GOPLAN_ORDER_RETRIEVE], next++) != session)
            return goplan_in_break(state, GOPLAN_BAD_RETRIEVE, "step", k);
        seen[session] = 1;
    }
    return GOPLAN_LEGAL;
}

/* Point 6: ranks rise along every dependency between objects, or stay the same inside what moves as one. */
static inline int goplan_in_check_ranks(const goplan_in_state *state)
{
    const goplan_plan *plan = state->plan;
    size_t ranks = goplan_in_ranks(plan, plan->bytes[112 + state->phase]);
    for (uint32_t d = 0; d < plan->dependency_count; d++) {
        const unsigned char *at = goplan_in_dependency(plan, d);
        uint32_t dependent = goplan_in_u32(at), on = goplan_in_u32(at + 4), rank, other;
        if (!goplan_in_binds(at, state->phase) || dependent >= plan->object_count || on >= plan->object_count)
            continue;
        rank = goplan_in_entry(plan, ranks, dependent);
        other = goplan_in_entry(plan, ranks, on);
        if (other < rank)
            continue;
        if (state->unit != GOPLAN_IN_SESSIONS || other > rank
            || goplan_in_home(plan, dependent) == GOPLAN_IN_NONE
            || goplan_in_home(plan, dependent) != goplan_in_home(plan, on))
            return goplan_in_break(state, GOPLAN_CYCLE, "dependency", d);
    }
    return GOPLAN_LEGAL;
}

/* A moment from 1 up that time raises, of a number below 2^31. */
static inline uint32_t goplan_in_moment(const goplan_in_state *state, uint32_t number)
{
    return state->needed_first ? number + 1 : 0xFFFFFFFEu - number;
}

/* Keeps the two latest moments that belong to different owners. */
static inline void goplan_in_add_late(uint32_t *latest, uint32_t moment, uint32_t owner)
{
    if (moment > latest[0]) {
        if (owner != latest[1]) {
            latest[2] = latest[0];
            latest[3] = latest[1];
        }
        latest[0] = moment;
        latest[1] = owner;
    } else if (owner != latest[1] && moment > latest[2]) {
        latest[2] = moment;
        latest[3] = owner;
    }
}

/* Keeps the two earliest moments that belong to different owners. */
static inline void goplan_in_add_early(uint32_t *earliest, uint32_t moment, uint32_t owner)
{
    if (moment < earliest[0]) {
        if (owner != earliest[1]) {
            earliest[2] = earliest[0];
            earliest[3] = earliest[1];
        }
        earliest[0] = moment;
        earliest[1] = owner;
    } else if (owner != earliest[1] && moment < earliest[2]) {
        earliest[2] = moment;
        earliest[3] = owner;
    }
}

/* The moment of a step in a relation, and whose it is. */
static inline uint32_t goplan_in_step_moment(
    const goplan_in_state *state, int relation, uint32_t step, uint32_t session, uint32_t *owner)
{
    uint32_t what = goplan_in_what(state, step);
    int is_single = state->order == 0 || relation == GOPLAN_IN_INSIDE;
    *owner = is_single ? step
        : goplan_in_is_act(state->plan, what) ? what : state->plan->object_count + session;
    return goplan_in_moment(
        state, relation == GOPLAN_IN_WAVES ? goplan_in_wave(state, step) : step);
}

/* The moments of all objects by themselves; an object has one. */
static inline void goplan_in_gather_objects(const goplan_in_state *state, int relation)
{
    const goplan_plan *plan = state->plan;
    for (uint32_t i = 0; i < plan->object_count; i++) {
        uint32_t *late = state->late + 4 * (size_t)i, owner = GOPLAN_IN_NONE, moment = 0;
        if (relation == GOPLAN_IN_PLACES) {
            int has_place = goplan_in_file_of(plan, i) != GOPLAN_IN_NONE;
            owner = has_place ? goplan_in_home(plan, i) : GOPLAN_IN_NONE;
            moment = has_place ? goplan_in_moment(state, goplan_in_place(state, owner)) : 0;
        } else {
            uint32_t mover = goplan_in_mover(state, i);
            if (mover != GOPLAN_IN_NONE)
                moment = goplan_in_step_moment(
                    state, relation, state->step_of[mover], goplan_in_home(plan, i), &owner);
        }
        late[0] = moment;
        late[1] = owner;
        late[2] = 0;
        late[3] = GOPLAN_IN_NONE;
    }
}

/* The two latest and the two earliest moments of each session. */
static inline void goplan_in_gather_sessions(const goplan_in_state *state, int relation)
{
    const goplan_plan *plan = state->plan;
    for (uint32_t s = 0; s < plan->session_count; s++) {
        uint32_t *late = state->late + 4 * ((size_t)plan->object_count + s);
        uint32_t *early = state->early + 4 * (size_t)s;
        late[0] = late[2] = 0;
        early[0] = early[2] = 0xFFFFFFFFu;
        late[1] = late[3] = early[1] = early[3] = GOPLAN_IN_NONE;
        if (relation == GOPLAN_IN_PLACES) {
            late[0] = early[0] = goplan_in_moment(state, goplan_in_place(state, s));
            late[1] = early[1] = s;
        }
    }
    if (relation != GOPLAN_IN_STEPS && relation != GOPLAN_IN_WAVES)
        return;
    for (uint32_t k = 0; k < plan->step_count[state->phase]; k++) {
        uint32_t what = goplan_in_what(state, k), session = goplan_in_session_of(plan, what), owner, moment;
        if (session == GOPLAN_IN_NONE || goplan_in_is_act(plan, what))
            continue;
        moment = goplan_in_step_moment(state, relation, k, session, &owner);
        goplan_in_add_late(state->late + 4 * ((size_t)plan->object_count + session), moment, owner);
        goplan_in_add_early(state->early + 4 * (size_t)session, moment, owner);
    }
}

/* What the kernel moves has the latest moments of what it needs, which stands first in the list. */
static inline void goplan_in_gather_kernel(const goplan_in_state *state)
{
    const goplan_plan *plan = state->plan;
    size_t list = goplan_in_ranks(plan, plan->bytes[112 + state->phase]) + 4 * (size_t)plan->object_count;
    for (uint32_t i = 0; i < plan->kernel_count; i++) {
        const unsigned char *at = goplan_in_dependency(plan, goplan_in_entry(plan, list, i));
        uint32_t *own = state->late + 4 * (size_t)goplan_in_u32(at);
        const uint32_t *late = state->late + 4 * (size_t)goplan_in_u32(at + 4);
        if (!goplan_in_binds(at, state->phase))
            continue;
        goplan_in_add_late(own, late[0], late[1]);
        goplan_in_add_late(own, late[2], late[3]);
    }
}

/* Points 7 and 8 by one kind of number: what is needed comes earlier, unless both have one owner. */
static inline int goplan_in_check_relation(const goplan_in_state *state, int relation)
{
    const goplan_plan *plan = state->plan;
    int code = relation == GOPLAN_IN_PLACES ? GOPLAN_BROKEN_SESSIONS
        : relation == GOPLAN_IN_WAVES ? GOPLAN_BROKEN_WAVES : GOPLAN_BROKEN_STEPS;
    goplan_in_gather_objects(state, relation);
    goplan_in_gather_sessions(state, relation);
    goplan_in_gather_kernel(state);
    for (uint32_t d = 0; d < plan->dependency_count; d++) {
        const unsigned char *at = goplan_in_dependency(plan, d);
        uint32_t dependent = goplan_in_u32(at);
        const uint32_t *late = state->late + 4 * (size_t)goplan_in_u32(at + 4), *own;
        int is_session = dependent >= plan->object_count;
        if (!goplan_in_binds(at, state->phase))
            continue;
        if (!is_session && goplan_in_type(plan, dependent) == GOPLAN_IN_KERNEL)
            continue;
        own = is_session ? state->early + 4 * (size_t)(dependent - plan->object_count)
            : state->late + 4 * (size_t)dependent;
        for (int j = 0; j <= 2 * is_session; j += 2) {
            uint32_t latest = late[1] == own[j + 1] ? late[2] : late[0];
            int is_there = own[j + 1] != GOPLAN_IN_NONE;
            if (is_there && latest >= own[j])
                return goplan_in_break(state, code, "dependency", d);
        }
    }
    return GOPLAN_LEGAL;
}

/* Point 2. */
static inline int goplan_in_check_carried(const goplan_in_state *state)
{
    const goplan_plan *plan = state->plan;
    uint32_t *places = state->spare, at = 0, expected = 0;
    for (uint32_t i = 0; i < plan->object_count; i++) {
        uint32_t mover = goplan_in_mover(state, i);
        expected += mover != GOPLAN_IN_NONE && mover != i;
        places[i] = GOPLAN_IN_NONE;
    }
    for (uint32_t k = 0; k < plan->step_count[state->phase]; k++) {
        uint32_t what = goplan_in_what(state, k), end = goplan_in_u32(goplan_in_step(state, k) + 8), last = 0;
        for (; at < end; at++) {
            uint32_t i = goplan_in_entry(plan, plan->carried[state->phase], at);
            if (i == what || places[i] != GOPLAN_IN_NONE || goplan_in_mover(state, i) != what
                || (state->unit != GOPLAN_IN_FILES && i < last))
                return goplan_in_break(state, GOPLAN_BAD_CARRIED, "step", k);
            places[i] = at;
            last = i;
        }
    }
    if (at != expected)
        return goplan_in_break(state, GOPLAN_CARRIED_MISSING, "place among what is carried", at);
    for (uint32_t d = 0; d < plan->dependency_count && state->unit == GOPLAN_IN_FILES; d++) {
        const unsigned char *ends = goplan_in_dependency(plan, d);
        uint32_t dependent = goplan_in_u32(ends), on = goplan_in_u32(ends + 4);
        if (goplan_in_binds(ends, state->phase) && dependent < plan->object_count && on < plan->object_count
            && places[dependent] != GOPLAN_IN_NONE && places[on] != GOPLAN_IN_NONE
            && goplan_in_file_of(plan, dependent) == goplan_in_file_of(plan, on)
            && (places[on] < places[dependent]) != state->needed_first)
            return goplan_in_break(state, GOPLAN_CARRIED_ORDER, "dependency", d);
    }
    return GOPLAN_LEGAL;
}

static inline int goplan_in_check_phase(goplan_in_state *state, uint32_t *done)
{
    int code = goplan_in_check_steps(state);
    if (code == GOPLAN_LEGAL && state->order != 0)
        code = goplan_in_check_order(state, state->order);
    for (uint32_t i = 0; i < state->plan->object_count && state->phase == GOPLAN_PRESERVE; i++)
        state->preserve_step[i] = state->step_of[i];
    if (code == GOPLAN_LEGAL)
        code = goplan_in_check_derived(state);
    if (code == GOPLAN_LEGAL && state->phase == GOPLAN_PRESERVE)
        code = goplan_in_check_beginning(state, done);
    if (code == GOPLAN_LEGAL && state->phase == GOPLAN_RETRIEVE
        && goplan_in_has_order(state->plan, GOPLAN_ORDER_RETRIEVE))
        code = goplan_in_check_retrieve(state);
    if (state->unit != GOPLAN_IN_EVERYTHING) {
        /* What moves at once has one step, which is not compared with itself, and may have any cycle. */
        if (code == GOPLAN_LEGAL)
            code = goplan_in_check_ranks(state);
        for (int relation = GOPLAN_IN_INSIDE; code == GOPLAN_LEGAL && relation <= GOPLAN_IN_WAVES; relation++)
            if (state->order != 0 || relation >= GOPLAN_IN_STEPS)
                code = goplan_in_check_relation(state, relation);
    }
    return code == GOPLAN_LEGAL ? goplan_in_check_carried(state) : code;
}

static inline int goplan_in_check_all(
    const goplan_plan *plan, uint32_t *scratch, goplan_fault *fault, uint32_t *done)
{
    size_t objects = plan->object_count, sessions = plan->session_count;
    goplan_in_state state;
    int code = goplan_in_check_rules(plan, fault);
    state.plan = plan;
    state.fault = fault;
    state.step_of = scratch;
    state.preserve_step = state.step_of + objects + sessions + 1;
    state.place = state.preserve_step + objects;
    state.spare = state.place + sessions;
    state.late = state.spare + objects + sessions;
    state.early = state.late + 4 * (objects + sessions);
    state.phase = -1;
    code = code == GOPLAN_LEGAL ? goplan_in_check_names(plan, fault) : code;
    code = code == GOPLAN_LEGAL ? goplan_in_check_objects(plan, fault) : code;
    code = code == GOPLAN_LEGAL ? goplan_in_check_preserved_lists(&state) : code;
    code = code == GOPLAN_LEGAL ? goplan_in_check_dependencies(plan, fault) : code;
    code = code == GOPLAN_LEGAL ? goplan_in_check_kernel_lists(plan, fault) : code;
    code = code == GOPLAN_LEGAL ? goplan_in_check_step_form(plan, fault) : code;
    for (int order = 0; code == GOPLAN_LEGAL && order < 10; order++)
        if (goplan_in_has_order(plan, order))
            code = goplan_in_check_order(&state, order);
    for (int p = 0; code == GOPLAN_LEGAL && p < GOPLAN_PHASES; p++) {
        state.phase = p;
        state.unit = goplan_in_rule(plan, p, 0);
        state.order = goplan_in_rule(plan, p, 1);
        state.is_backward = goplan_in_rule(plan, p, 2);
        state.inside = goplan_in_rule(plan, p, 3);
        state.needed_first = p == GOPLAN_PRESERVE || p == GOPLAN_FREEZE || p == GOPLAN_RETRIEVE;
        code = goplan_in_check_phase(&state, done);
    }
    return code;
}

/* ---- What was declared above ---- */

static inline uint64_t goplan_in_scratch(const goplan_plan *plan)
{
    return 7 * (uint64_t)plan->object_count + 11 * (uint64_t)plan->session_count + 1;
}

static inline size_t goplan_scratch_words(const void *bytes, size_t length)
{
    goplan_plan plan;
    if (goplan_in_header(&plan, bytes, length, NULL) != GOPLAN_LEGAL)
        return 0;
    return (size_t)goplan_in_scratch(&plan);
}

static inline int goplan_check(
    goplan_plan *plan, const void *bytes, size_t length, uint32_t *scratch, size_t words,
    goplan_fault *fault)
{
    uint32_t done = 0;
    int code = goplan_in_header(plan, bytes, length, fault);
    if (code == GOPLAN_LEGAL && (scratch == NULL || words < goplan_in_scratch(plan)))
        code = goplan_in_found(fault, GOPLAN_NO_SCRATCH, -1, "word of scratch", (uint32_t)words);
    if (code == GOPLAN_LEGAL)
        code = goplan_in_check_all(plan, scratch, fault, &done);
    if (code == GOPLAN_LEGAL)
        code = goplan_in_found(fault, GOPLAN_LEGAL, -1, "byte", 0);
    plan->done_count = done;
    if (code != GOPLAN_LEGAL)
        plan->bytes = NULL;
    return code;
}

static inline uint32_t goplan_step_count(const goplan_plan *plan, int phase)
{
    return plan->bytes == NULL || phase < 0 || phase >= GOPLAN_PHASES ? 0 : plan->step_count[phase];
}

static inline int goplan_step_at(const goplan_plan *plan, int phase, uint32_t index, goplan_step *step)
{
    const unsigned char *at;
    uint32_t what, session;
    if (index >= goplan_step_count(plan, phase))
        return 0;
    at = plan->bytes + plan->steps[phase] + 12 * (size_t)index;
    what = goplan_in_u32(at);
    session = goplan_in_session_of(plan, what);
    step->phase = phase;
    step->index = index;
    step->wave = goplan_in_u32(at + 4);
    step->is_done = phase == GOPLAN_PRESERVE && index < plan->done_count;
    step->carried_first = index == 0 ? 0 : goplan_in_u32(at - 4);
    step->carried_count = goplan_in_u32(at + 8) - step->carried_first;
    step->token = 0;
    step->id.bytes = step->session.bytes = "";
    step->id.length = step->session.length = 0;
    step->kind = session == GOPLAN_IN_NONE ? GOPLAN_ALL : GOPLAN_SESSION;
    if (session != GOPLAN_IN_NONE)
        step->session = goplan_in_name(plan, session);
    if (what < plan->object_count) {
        int type = goplan_in_type(plan, what);
        step->kind = type == GOPLAN_IN_ACT ? GOPLAN_ACT
            : type == GOPLAN_IN_FILE ? GOPLAN_FILE : GOPLAN_OBJECT;
        step->id = goplan_in_id(plan, what);
        step->token = goplan_in_token(plan, what);
    }
    return 1;
}

static inline int goplan_first(const goplan_plan *plan, int phase, goplan_step *step)
{
    return goplan_step_at(plan, phase, 0, step);
}

static inline int goplan_next(const goplan_plan *plan, goplan_step *step)
{
    return goplan_step_at(plan, step->phase, step->index + 1, step);
}

static inline goplan_text goplan_carried(const goplan_plan *plan, const goplan_step *step, uint32_t index)
{
    goplan_text none = { "", 0 };
    if (plan->bytes == NULL || index >= step->carried_count || step->phase < 0 || step->phase >= GOPLAN_PHASES
        || (uint64_t)step->carried_first + index >= plan->carried_count[step->phase])
        return none;
    return goplan_in_id(
        plan, goplan_in_entry(plan, plan->carried[step->phase], (size_t)step->carried_first + index));
}

static inline uint32_t goplan_session_count(const goplan_plan *plan)
{
    return plan->bytes == NULL ? 0 : plan->session_count;
}

static inline int goplan_has_order(const goplan_plan *plan, int order)
{
    return plan->bytes != NULL && order >= 0 && order < 10 && goplan_in_has_order(plan, order);
}

static inline goplan_text goplan_session(const goplan_plan *plan, int order, uint32_t index)
{
    goplan_text none = { "", 0 };
    return !goplan_has_order(plan, order) || index >= plan->session_count ? none
        : goplan_in_name(plan, goplan_in_entry(plan, plan->orders[order], index));
}

static inline uint32_t goplan_created_count(const goplan_plan *plan)
{
    return plan->bytes == NULL ? 0 : plan->created_count;
}

static inline int goplan_is_called_by_session(const goplan_plan *plan, int phase)
{
    int unit, inside;
    if (plan->bytes == NULL || phase < 0 || phase >= GOPLAN_PHASES)
        return 0;
    unit = goplan_in_rule(plan, phase, 0);
    inside = goplan_in_rule(plan, phase, 3);
    return unit == GOPLAN_IN_SESSIONS || (unit == GOPLAN_IN_FILES && goplan_in_rule(plan, phase, 1) != 0
        && (inside == GOPLAN_IN_FORWARD || inside == GOPLAN_IN_BACKWARD));
}

static inline goplan_text goplan_model(const goplan_plan *plan)
{
    goplan_text none = { "", 0 };
    return plan->bytes == NULL ? none
        : goplan_in_name(plan, (size_t)plan->session_count + plan->object_count + plan->own_orders);
}

static inline const unsigned char *goplan_input(const goplan_plan *plan)
{
    return plan->bytes == NULL ? NULL : plan->bytes + 24;
}

static inline const unsigned char *goplan_rules(const goplan_plan *plan)
{
    return plan->bytes == NULL ? NULL : plan->bytes + 56;
}

#ifdef __cplusplus
}
#endif

#endif
