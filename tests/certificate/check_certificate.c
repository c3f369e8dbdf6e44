/* Checks a plan (graphorder/plan/1) against its own certificate, from the contract alone.
 *
 * usage: check_certificate PLAN     exit code 0 legal, 1 not, 4 malformed; 2 usage, 3 not readable
 * build: cc -O2 -o check_certificate check_certificate.c -ljansson
 *
 * Written against src/GraphOrder/Documents/certificate.md; shares no code with the planner, its verifier or
 * check_certificate.py, and says the same sentences as the latter. Linear. Memory is left to the end of the
 * process.
 */
#include <errno.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PHASES = 6, UNREAD = -2, NONE = -1 };
enum unit { OBJECT, FILES, SESSION, EVERYTHING };
enum inside { CHOSEN, FORWARD, BACKWARD, TOGETHER };

static const char *const phase_names[PHASES] = {
    "preserve", "freeze", "unfreeze", "unpreserve", "retrieve", "finish" };
static const char *const unit_names[] = { "object", "file", "session", "everything", NULL };
static const char *const inside_names[] = { "chosen", "preserve forward", "preserve backward", "together",
    NULL };
static const char *const linux_rules[PHASES][3] = {
    { "file", "interleaved", "chosen" }, { "file", "create forward", "preserve forward" },
    { "file", "create backward", "preserve forward" }, { "file", "close forward", "preserve backward" },
    { "file", "interleaved", "chosen" }, { "file", "finish forward", "preserve backward" } };
static const char *const free_rule[3] = { "object", "interleaved", "chosen" };
static const char *const session_rule[3] = { "session", "finish forward", "together" };
static const char *const global_rule[3] = { "everything", "interleaved", "together" };

struct rule { enum unit unit; char *between; bool backward; enum inside inside; };
struct step { const char *object, *session; bool has_token; unsigned long long token; int wave;
    json_t *carries; };
struct dependency { int dependent, on, phases; };
struct latest { int count; long long moment[2]; int owner[2], who[2]; };

static struct rule rules[PHASES];
static int object_count, session_count, dependency_count, step_count[PHASES];
static json_t *ids, *session_ids, *orders;
static const char **names; /* objects, then sessions */
static int *file_of, *session_of, *preserved_count, **preserved;
static unsigned long long *token_of;
static bool *created, failed;
static struct dependency *dependencies;
static struct step *steps[PHASES];

static void *room(size_t count, size_t size)
{
    void *found = calloc(count + 1, size);
    if (found == NULL) {
        fputs("There is not enough memory.\n", stderr);
        exit(3);
    }
    return found;
}

/* ---- Reading: everything that the checks need, or the end with 4 ---- */

static void demand(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "Malformed: %s\n", what);
        exit(4);
    }
}

static void refuse(const char *what)
{
    puts(what);
    exit(1);
}

static const char *quoted(const char *name)
{
    char *text = room(4 * strlen(name) + 3, 1), *at = text;
    *at++ = '"';
    for (const unsigned char *c = (const unsigned char *)name; *c != 0; c++)
        at += *c >= 32 && *c < 127 && *c != '"' && *c != '\\' ? sprintf(at, "%c", *c) : sprintf(at, "\\x%02x", *c);
    *at = '"';
    return text;
}

static json_t *member(json_t *holder, const char *name, int type, bool is_optional)
{
    json_t *found = json_object_get(holder, name);
    bool fits = found == NULL ? is_optional
        : type == JSON_TRUE ? json_is_boolean(found) : (int)json_typeof(found) == type;
    demand(json_is_object(holder) && fits, "a member is missing or of the wrong type.");
    return found;
}

static const char *text_of(json_t *value)
{
    demand(json_is_string(value) && json_string_length(value) > 0, "a name must be a string.");
    return json_string_value(value);
}

static unsigned long long number(const char *text)
{
    bool is_hex = strncmp(text, "0x", 2) == 0;
    const char *digits = is_hex ? text + 2 : text;
    char *end;
    demand(*digits != 0 && strspn(digits, is_hex ? "0123456789abcdefABCDEF" : "0123456789") == strlen(digits),
        "a token is no number.");
    errno = 0;
    unsigned long long token = strtoull(digits, &end, is_hex ? 16 : 10);
    demand(errno == 0, "a token has more than 64 bits.");
    return token;
}

static int word_of(const char *const *words, json_t *value)
{
    for (int i = 0; words[i] != NULL && json_is_string(value); i++)
        if (strcmp(words[i], json_string_value(value)) == 0)
            return i;
    return NONE;
}

static int find(json_t *table, json_t *name)
{
    json_t *found = json_is_string(name) ? json_object_get(table, json_string_value(name)) : NULL;
    demand(found != NULL, "a name is not known.");
    return (int)json_integer_value(found);
}

static int find_end(json_t *name)
{
    if (strncmp(text_of(name), "session:", 8) != 0)
        return find(ids, name);
    json_t *found = json_object_get(session_ids, json_string_value(name) + 8);
    demand(found != NULL, "a session is not known.");
    return object_count + (int)json_integer_value(found);
}

static const char *const *built_in(const char *model, size_t length, int phase)
{
    static const char *const known[] = { "linux-7.3", "linux-next", "explicit-graph", "session-finish",
        "global-finish" };
    for (int i = 0; i < 5; i++)
        if (strlen(known[i]) == length && strncmp(known[i], model, length) == 0)
            return i == 2 ? free_rule
                : phase < 5 || i < 2 ? linux_rules[phase] : i == 3 ? session_rule : global_rule;
    return NULL;
}

static void read_rules(const char *model, json_t *given)
{
    const char *colon = strchr(model, ':');
    for (int p = 0; p < PHASES; p++) {
        const char *name = p >= 4 && colon != NULL ? colon + 1 : model;
        size_t length = name == model && colon != NULL ? (size_t)(colon - model) : strlen(name);
        const char *const *known = built_in(name, length, p);
        json_t *one = given == NULL
            ? json_pack("{s:s,s:s,s:s}", "step", known ? known[0] : "", "between", known ? known[1] : "",
                "inside", known ? known[2] : "")
            : member(given, phase_names[p], JSON_OBJECT, false);
        json_t *order = json_object_get(one, "between");
        const char *between = order == NULL ? "interleaved" : text_of(order);
        int unit = word_of(unit_names, json_object_get(one, "step"));
        int inside = word_of(inside_names, json_object_get(one, "inside"));
        demand(unit != NONE && inside != NONE, "the model is not known, and not described.");
        demand(known == NULL || (strcmp(known[0], unit_names[unit]) == 0 && strcmp(known[1], between) == 0
            && strcmp(known[2], inside_names[inside]) == 0), "a built-in model is not what the contract says.");
        bool mixed = strcmp(between, "interleaved") == 0;
        const char *space = strchr(between, ' ');
        char *word = mixed || space == NULL ? NULL : strndup(between, (size_t)(space - between));
        bool is_order = word != NULL && *word != 0 && strcmp(word, "interleaved") != 0
            && strcmp(word, "retrieve") != 0
            && (strcmp(space, " forward") == 0 || strcmp(space, " backward") == 0);
        bool reads = inside == FORWARD || inside == BACKWARD;
        bool fits = unit == OBJECT ? mixed && inside == CHOSEN
            : unit == FILES ? inside != TOGETHER
            : inside == TOGETHER && mixed == (unit == EVERYTHING);
        fits = fits && (p == 0 ? mixed && inside == CHOSEN : !reads || rules[0].unit == FILES);
        demand((mixed || is_order) && fits, "that is no rule of a model.");
        rules[p] = (struct rule){ unit, word, word != NULL && strcmp(space, " backward") == 0, inside };
    }
}

static void read_sessions(json_t *list)
{
    session_count = (int)json_array_size(list);
    session_ids = json_object();
    created = room(session_count, sizeof *created);
    for (int s = 0; s < session_count; s++) {
        json_t *entry = json_array_get(list, s);
        const char *name = text_of(member(entry, "name", JSON_STRING, false));
        demand(strlen(name) < 64, "a session's name is too long.");
        demand(json_object_get(session_ids, name) == NULL, "a session stands twice.");
        json_object_set_new(session_ids, name, json_integer(s));
        created[s] = json_is_true(member(entry, "created", JSON_TRUE, true));
        demand(!created[s] || s == 0 || created[s - 1], "created sessions stand first.");
    }
}

static void read_objects(json_t *list, json_t *sessions)
{
    object_count = (int)json_array_size(list);
    ids = json_object();
    names = room(object_count + session_count, sizeof *names);
    file_of = room(object_count, sizeof *file_of);
    session_of = room(object_count, sizeof *session_of);
    token_of = room(object_count, sizeof *token_of);
    json_t *taken = json_object();
    for (int i = 0; i < object_count; i++) {
        json_t *entry = json_array_get(list, i);
        names[i] = text_of(member(entry, "id", JSON_STRING, false));
        demand(strncmp(names[i], "session:", 8) != 0, "that is no id.");
        demand(json_object_get(ids, names[i]) == NULL, "an object stands twice.");
        json_object_set_new(ids, names[i], json_integer(i));
        json_t *session = json_object_get(entry, "session"), *token = json_object_get(entry, "token");
        file_of[i] = session_of[i] = NONE;
        demand(session == NULL || json_object_get(entry, "within") == NULL, "an object has two places.");
        demand((session == NULL) == (token == NULL), "files have tokens, and nothing else.");
        if (session != NULL) {
            char key[64];
            file_of[i] = i;
            session_of[i] = find(session_ids, session);
            token_of[i] = number(text_of(token));
            snprintf(key, sizeof key, "%d %llu", session_of[i], token_of[i]);
            demand(json_object_get(taken, key) == NULL, "a token stands twice.");
            json_object_set_new(taken, key, json_true());
        }
    }
    for (int i = 0; i < object_count; i++) {
        json_t *within = json_object_get(json_array_get(list, i), "within");
        if (within != NULL) {
            int file = find(ids, within);
            demand(file_of[file] == file, "only a file carries objects.");
            file_of[i] = file;
            session_of[i] = session_of[file];
        }
    }
    preserved = room(session_count, sizeof *preserved);
    preserved_count = room(session_count, sizeof *preserved_count);
    bool *seen = room(object_count, sizeof *seen);
    for (int s = 0; s < session_count; s++) {
        json_t *entry = json_array_get(sessions, s), *files = member(entry, "preserved", JSON_ARRAY, true);
        const char *name = json_string_value(json_object_get(entry, "name"));
        char *whole = room(strlen(name) + 9, 1);
        sprintf(whole, "session:%s", name);
        names[object_count + s] = whole;
        preserved_count[s] = (int)json_array_size(files);
        preserved[s] = room(preserved_count[s], sizeof **preserved);
        demand(created[s] || preserved_count[s] == 0, "a session with preserved files is created.");
        for (int i = 0; i < preserved_count[s]; i++) {
            int file = preserved[s][i] = find(ids, json_array_get(files, i));
            demand(!seen[file] && file_of[file] == file && session_of[file] == s,
                "preserved lists files of its own session, each once.");
            seen[file] = true;
        }
    }
}

/* DEPENDENT=>ON or DEPENDENT=>ON@PHASE, split as "length of the first, phase": a key for a look-up. */
static char *waiver_key(const char *dependent, size_t dependent_length, const char *on, size_t length, int phase)
{
    char *key = room(dependent_length + length + 40, 1);
    sprintf(key, "%zu %d %.*s %.*s", dependent_length, phase, (int)dependent_length, dependent, (int)length, on);
    return key;
}

static json_t *read_waived(json_t *list)
{
    json_t *waived = json_object();
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *text = text_of(json_array_get(list, i)), *arrow = strstr(text, "=>");
        if (arrow == NULL)
            continue;
        const char *on = arrow + 2, *at = strrchr(on, '@');
        int phase = NONE;
        for (int p = 0; p < PHASES && at != NULL && at > on; p++)
            phase = strcmp(at + 1, phase_names[p]) == 0 ? p : phase;
        size_t length = phase == NONE ? strlen(on) : (size_t)(at - on);
        json_object_set_new(waived, waiver_key(text, (size_t)(arrow - text), on, length, phase), json_true());
    }
    return waived;
}

static void read_dependencies(json_t *list, json_t *waived)
{
    static const char *const strengths[] = { "hard", "soft", NULL };
    dependency_count = (int)json_array_size(list);
    dependencies = room(dependency_count, sizeof *dependencies);
    for (int i = 0; i < dependency_count; i++) {
        json_t *entry = json_array_get(list, i), *strength = json_object_get(entry, "strength");
        json_t *first = member(entry, "dependent", JSON_STRING, false);
        json_t *second = member(entry, "on", JSON_STRING, false);
        json_t *phases = member(entry, "phases", JSON_ARRAY, false);
        struct dependency *d = &dependencies[i];
        *d = (struct dependency){ find_end(first), find_end(second), 0 };
        demand(d->dependent != d->on, "something needs itself.");
        demand(strength == NULL || word_of(strengths, strength) != NONE, "a strength is hard or soft.");
        demand(json_array_size(phases) > 0, "a dependency has phases.");
        const char *from = json_string_value(first), *to = json_string_value(second);
        bool is_soft = word_of(strengths, strength) == 1 && json_object_size(waived) > 0;
        for (size_t j = 0; j < json_array_size(phases); j++) {
            const char *name = text_of(json_array_get(phases, j));
            int p = 0;
            while (p < PHASES && strcmp(name, phase_names[p]) != 0)
                p++;
            demand(p < PHASES, "a phase is not known.");
            bool is_waived = is_soft
                && (json_object_get(waived, waiver_key(from, strlen(from), to, strlen(to), p)) != NULL
                    || json_object_get(waived, waiver_key(from, strlen(from), to, strlen(to), NONE)) != NULL);
            d->phases |= is_waived ? 0 : 1 << p;
        }
    }
}

static void read_steps(json_t *phases)
{
    for (int p = 0; p < PHASES; p++) {
        json_t *list = member(phases, phase_names[p], JSON_ARRAY, true);
        step_count[p] = (int)json_array_size(list);
        steps[p] = room(step_count[p], sizeof **steps);
        for (int k = 0; k < step_count[p]; k++) {
            json_t *entry = json_array_get(list, k), *at = member(entry, "step", JSON_INTEGER, true);
            json_t *wave = member(entry, "wave", JSON_INTEGER, true);
            json_t *token = member(entry, "token", JSON_STRING, true);
            demand(at == NULL || json_integer_value(at) == k, "steps count from 0.");
            demand(json_integer_value(wave) >= 0 && json_integer_value(wave) < 1LL << 31,
                "waves count from 0.");
            steps[p][k] = (struct step){
                json_string_value(member(entry, "object", JSON_STRING, true)),
                json_string_value(member(entry, "session", JSON_STRING, true)), token != NULL,
                token != NULL ? number(json_string_value(token)) : 0, (int)json_integer_value(wave),
                member(entry, "carries", JSON_ARRAY, true) };
            for (size_t i = 0; i < json_array_size(steps[p][k].carries); i++)
                text_of(json_array_get(steps[p][k].carries, i));
        }
    }
}

static void read_plan(const char *path)
{
    json_error_t error;
    FILE *stream = fopen(path, "rb");
    if (stream == NULL || fgetc(stream) == EOF) {
        bool is_empty = stream != NULL && errno != EISDIR;
        demand(!is_empty, "it is no JSON in UTF-8.");
        fprintf(stderr, "%s cannot be read: %s\n", path, strerror(errno));
        exit(3);
    }
    rewind(stream);
    json_t *plan = json_loadf(stream, JSON_REJECT_DUPLICATES, &error);
    demand(plan != NULL, "it is no JSON in UTF-8.");
    json_t *schema = json_object_get(plan, "schema"), *requires = json_object_get(plan, "requires");
    demand(json_is_string(schema) && strcmp(json_string_value(schema), "graphorder/plan/1") == 0,
        "it is no graphorder/plan/1.");
    demand(requires == NULL || (json_is_array(requires) && json_array_size(requires) == 0),
        "it requires a feature that is not known here.");
    if (json_object_get(plan, "phases") == NULL && json_object_get(plan, "sessions") == NULL)
        refuse("The document is a refusal and holds no plan.");
    if (json_object_get(plan, "certificate") == NULL)
        refuse("The plan brings no certificate.");
    json_t *facts = member(plan, "certificate", JSON_OBJECT, false);
    read_rules(json_string_value(member(plan, "model", JSON_STRING, false)),
        member(facts, "phases", JSON_OBJECT, true));
    json_t *sessions = member(facts, "sessions", JSON_ARRAY, false);
    read_sessions(sessions);
    read_objects(member(facts, "objects", JSON_ARRAY, false), sessions);
    read_dependencies(member(plan, "dependencies", JSON_ARRAY, false),
        read_waived(member(plan, "waived", JSON_ARRAY, true)));
    orders = member(plan, "sessions", JSON_OBJECT, false);
    read_steps(member(plan, "phases", JSON_OBJECT, false));
}

/* ---- Checking ---- */

static int phase, *step_of, *movers, *preserve_movers, *kernel_moved, kernel_moved_count;
static jmp_buf next_phase;

static void say(const char *where, const char *format, va_list values)
{
    failed = true;
    printf("%s: ", where);
    vprintf(format, values);
    putchar('\n');
}

static void problem(const char *where, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    say(where, format, values);
    va_end(values);
}

/* The first thing that is wrong with a phase ends its check. */
static void found(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    say(phase_names[phase], format, values);
    va_end(values);
    longjmp(next_phase, 1);
}

/* Keeps the two latest moments that belong to different owners. */
static void add(struct latest *l, long long moment, int owner, int who)
{
    int at = 0;
    for (int i = 0; i < l->count; i++)
        if (l->owner[i] == owner) {
            if (l->moment[i] > moment)
                return;
            l->count--;
            for (int j = i; j < l->count; j++) {
                l->moment[j] = l->moment[j + 1];
                l->owner[j] = l->owner[j + 1];
                l->who[j] = l->who[j + 1];
            }
        }
    while (at < l->count && l->moment[at] >= moment)
        at++;
    if (at == 2)
        return;
    if (at == 0 && l->count > 0) {
        l->moment[1] = l->moment[0];
        l->owner[1] = l->owner[0];
        l->who[1] = l->who[0];
    }
    l->moment[at] = moment;
    l->owner[at] = owner;
    l->who[at] = who;
    l->count = l->count == 2 ? 2 : l->count + 1;
}

static void join(struct latest *l, const struct latest *other)
{
    for (int i = 0; i < other->count; i++)
        add(l, other->moment[i], other->owner[i], other->who[i]);
}

static int but(const struct latest *l, int owner)
{
    int at = l->count > 0 && l->owner[0] == owner ? 1 : 0;
    return at < l->count ? at : NONE;
}

static const char *name_of(int mover)
{
    enum unit unit = rules[phase].unit;
    return unit == EVERYTHING ? "everything" : quoted(names[unit == SESSION ? object_count + mover : mover]);
}

static bool has_step(int mover)
{
    enum unit unit = rules[phase].unit;
    return unit == OBJECT ? file_of[mover] != NONE : unit == FILES ? file_of[mover] == mover : true;
}

static int step(int i)
{
    enum unit unit = rules[phase].unit;
    return step_of[unit == OBJECT ? i : unit == FILES ? file_of[i] : unit == SESSION ? session_of[i] : 0];
}

static int session_at(int k)
{
    return rules[phase].unit == SESSION ? movers[k] : session_of[movers[k]];
}

static int look_up(json_t *table, const char *name)
{
    json_t *index = name == NULL ? NULL : json_object_get(table, name);
    return index == NULL ? NONE : (int)json_integer_value(index);
}

static void find_movers(void)
{
    enum unit unit = rules[phase].unit;
    int count = unit == SESSION ? session_count : unit == EVERYTHING ? session_count > 0 : object_count;
    step_of = room(count, sizeof *step_of);
    movers = room(step_count[phase], sizeof *movers);
    for (int i = 0; i < count; i++)
        step_of[i] = NONE;
    for (int k = 0; k < step_count[phase]; k++) {
        struct step *s = &steps[phase][k];
        bool is_whole = unit == SESSION || unit == EVERYTHING;
        int mover = !is_whole ? look_up(ids, s->object)
            : s->object != NULL ? NONE : unit == SESSION ? look_up(session_ids, s->session) : 0;
        if (mover == NONE || mover >= count || !has_step(mover))
            found("step %d moves what has no step of its own.", k);
        if (step_of[mover] != NONE)
            found("step %d moves %s again.", k, name_of(mover));
        bool is_file = !is_whole && file_of[mover] == mover;
        if (s->has_token != is_file || (is_file && s->token != token_of[mover]))
            found("step %d has another token than %s.", k, name_of(mover));
        const char *own = is_whole ? NULL : names[object_count + session_of[mover]] + 8;
        if (unit != SESSION && (own == NULL ? s->session != NULL
            : s->session == NULL || strcmp(own, s->session) != 0))
            found("step %d has another session than %s.", k, name_of(mover));
        step_of[mover] = k;
        movers[k] = mover;
    }
    for (int i = 0; i < count; i++)
        if (has_step(i) && step_of[i] == NONE)
            found("%s has no step.", name_of(i));
}

static int *ranks_of(const char *order)
{
    json_t *listed = json_object_get(orders, order);
    int *ranks = room(session_count, sizeof *ranks);
    demand(listed == NULL || json_is_array(listed), "an order lists names.");
    for (int s = 0; s < session_count; s++)
        ranks[s] = NONE;
    bool is_whole = listed != NULL && (int)json_array_size(listed) == session_count;
    for (size_t i = 0; i < json_array_size(listed); i++) {
        demand(json_is_string(json_array_get(listed, i)), "an order lists names.");
        int s = look_up(session_ids, json_string_value(json_array_get(listed, i)));
        is_whole = is_whole && s != NONE && ranks[s] == NONE;
        if (is_whole)
            ranks[s] = (int)i;
    }
    return is_whole ? ranks : NULL;
}

static int *sessions_by(const int *ranks, bool is_backward)
{
    int *sorted = room(session_count, sizeof *sorted);
    for (int s = 0; s < session_count; s++)
        sorted[is_backward ? session_count - 1 - ranks[s] : ranks[s]] = s;
    return sorted;
}

static void check_derived(const int *ranks)
{
    const struct rule *rule = &rules[phase];
    bool reads = rule->inside == FORWARD || rule->inside == BACKWARD;
    int count = step_count[phase], *rows = room(count, sizeof *rows), *next, *sorted;
    if ((rule->between != NULL && ranks == NULL) || (reads && preserve_movers == NULL)
        || (rule->between == NULL && !reads))
        return;
    for (int k = 0; k < count; k++)
        rows[k] = !reads ? movers[k] : preserve_movers[rule->inside == BACKWARD ? count - 1 - k : k];
    if (rule->between != NULL) { /* by counting: session after session, each in the order of the rows */
        int *grouped = room(count, sizeof *grouped), *size = room(session_count, sizeof *size);
        next = room(session_count, sizeof *next);
        sorted = sessions_by(ranks, rule->backward);
        for (int k = 0; k < count; k++)
            size[rule->unit == SESSION ? rows[k] : session_of[rows[k]]]++;
        for (int i = 0, at = 0; i < session_count; at += size[sorted[i++]])
            next[sorted[i]] = at;
        for (int k = 0; k < count; k++)
            grouped[next[rule->unit == SESSION ? rows[k] : session_of[rows[k]]]++] = rows[k];
        rows = grouped;
    }
    for (int k = 0; k < count; k++) {
        if (movers[k] != rows[k])
            found("step %d is %s where the model has %s.", k, name_of(movers[k]), name_of(rows[k]));
        bool by_step = rule->between == NULL || strcmp(rule->between, "create") == 0;
        bool is_same = k > 0 && session_at(k) == session_at(k - 1);
        int wave = by_step ? k : steps[phase][is_same ? k - 1 : k].wave;
        if (steps[phase][k].wave != wave)
            found("step %d is in wave %d instead of %d.", k, steps[phase][k].wave, wave);
    }
}

static void check_preserved(void)
{
    int *first = room(object_count, sizeof *first), *last = room(object_count, sizeof *last), count = 0;
    for (int i = 0; i < object_count; i++)
        first[i] = UNREAD;
    for (int s = 0; s < session_count; s++)
        for (int i = 0; i < preserved_count[s]; i++)
            first[preserved[s][i]] = NONE;
    for (int k = 0; k < step_count[phase]; k++) {
        int file = file_of[movers[k]];
        if (first[file] == UNREAD)
            continue;
        first[file] = first[file] == NONE ? k : first[file];
        last[file] = k;
        count++;
    }
    for (int s = 0; s < session_count; s++)
        for (int i = 0, done = NONE; i < preserved_count[s]; i++) {
            int file = preserved[s][i];
            if (last[file] >= count || first[file] < done)
                found("%s does not keep the place that the kernel gave it.", quoted(names[file]));
            done = last[file];
        }
}

static bool binds(int d) { return (dependencies[d].phases & 1 << phase) != 0; }

static bool is_inside(int d)
{
    return binds(d) && dependencies[d].dependent < object_count && dependencies[d].on < object_count;
}

/* Tarjan's components with a stack of its own: what is needed comes out first. */
static void check_cycles(void)
{
    int *first = room(object_count + 1, sizeof *first), *needs = room(dependency_count, sizeof *needs);
    int *at = room(object_count, sizeof *at), *number_of = room(object_count, sizeof *number_of);
    int *low = room(object_count, sizeof *low), *component = room(object_count, sizeof *component);
    int *path = room(object_count, sizeof *path), *open = room(object_count, sizeof *open);
    int depth = 0, opened = 0, seen = 0;
    kernel_moved = room(object_count, sizeof *kernel_moved);
    kernel_moved_count = 0;
    for (int d = 0; d < dependency_count; d++)
        if (is_inside(d))
            first[dependencies[d].dependent + 1]++;
    for (int v = 0; v < object_count; v++) {
        first[v + 1] += first[v];
        at[v] = first[v];
        component[v] = NONE;
    }
    for (int d = 0; d < dependency_count; d++)
        if (is_inside(d))
            needs[at[dependencies[d].dependent]++] = dependencies[d].on;
    for (int v = 0; v < object_count; v++)
        at[v] = first[v];
    for (int root = 0; root < object_count; root++) {
        if (number_of[root] == 0)
            path[depth++] = root;
        while (depth > 0) {
            int v = path[depth - 1], w;
            if (number_of[v] == 0) {
                number_of[v] = low[v] = ++seen;
                open[opened++] = v;
            }
            if (at[v] < first[v + 1]) {
                w = needs[at[v]++];
                if (number_of[w] == 0)
                    path[depth++] = w;
                else if (component[w] == NONE && number_of[w] < low[v])
                    low[v] = number_of[w];
                continue;
            }
            if (--depth > 0 && low[v] < low[path[depth - 1]])
                low[path[depth - 1]] = low[v];
            if (low[v] == number_of[v])
                do {
                    w = open[--opened];
                    component[w] = v;
                    if (file_of[w] == NONE)
                        kernel_moved[kernel_moved_count++] = w;
                } while (w != v);
        }
    }
    for (int d = 0; d < dependency_count && rules[phase].unit != EVERYTHING; d++) {
        int a = dependencies[d].dependent, b = dependencies[d].on;
        if (is_inside(d) && component[a] == component[b] && (rules[phase].unit != SESSION
            || session_of[a] == NONE || session_of[a] != session_of[b]))
            found("%s needs %s on a cycle.", quoted(names[a]), quoted(names[b]));
    }
}

static struct latest *first_of, *last_of, *through_steps, *through_sessions;
static long long *moment_of; /* of each step: its number or its wave, as time runs in the phase */
static const int *order_ranks;
static bool by_wave;

static int sign(void) { return phase == 0 || phase == 1 || phase == 4 ? 1 : -1; }

static bool session_moment(int s, long long *moment)
{
    const struct rule *rule = &rules[phase];
    if (rule->between == NULL || order_ranks == NULL)
        return false;
    *moment = !by_wave ? (rule->backward ? -sign() : sign()) * (long long)order_ranks[s]
        : last_of[s].count > 0 ? last_of[s].moment[0] : 0;
    return !by_wave || (last_of[s].count > 0 && strcmp(rule->between, "create") != 0);
}

static void needed(int on, struct latest *of_steps, struct latest *of_sessions)
{
    long long moment;
    if (on < object_count && file_of[on] == NONE) {
        join(of_steps, &through_steps[on]);
        join(of_sessions, &through_sessions[on]);
        return;
    }
    int s = on < object_count ? session_of[on] : on - object_count;
    if (on < object_count)
        add(of_steps, moment_of[step(on)], step(on), on);
    else if (rules[phase].between == NULL)
        join(of_steps, &last_of[s]);
    if (session_moment(s, &moment))
        add(of_sessions, moment, s, on);
}

static int place_of(int s) /* the first step of a session, whichever way time runs */
{
    return first_of[s].count == 0 ? -1
        : first_of[s].count == 2 && first_of[s].owner[1] < first_of[s].owner[0] ? first_of[s].owner[1]
        : first_of[s].owner[0];
}

static void gather(void)
{
    first_of = room(session_count, sizeof *first_of);
    last_of = room(session_count, sizeof *last_of);
    through_steps = room(object_count, sizeof *through_steps);
    through_sessions = room(object_count, sizeof *through_sessions);
    moment_of = room(step_count[phase], sizeof *moment_of);
    for (int k = 0; k < step_count[phase]; k++) {
        moment_of[k] = sign() * (long long)(by_wave ? steps[phase][k].wave : k);
        add(&last_of[session_at(k)], moment_of[k], k, movers[k]);
        add(&first_of[session_at(k)], -moment_of[k], k, movers[k]);
    }
    int *first = room(object_count + 1, sizeof *first), *list = room(dependency_count, sizeof *list);
    for (int d = 0; d < dependency_count; d++)
        if (binds(d) && dependencies[d].dependent < object_count)
            first[dependencies[d].dependent + 1]++;
    for (int v = 0; v < object_count; v++)
        first[v + 1] += first[v];
    int *at = room(object_count + 1, sizeof *at);
    memcpy(at, first, (size_t)(object_count + 1) * sizeof *at);
    for (int d = 0; d < dependency_count; d++)
        if (binds(d) && dependencies[d].dependent < object_count)
            list[at[dependencies[d].dependent]++] = dependencies[d].on;
    for (int i = 0; i < kernel_moved_count; i++) {
        int v = kernel_moved[i];
        for (int j = first[v]; j < first[v + 1]; j++)
            needed(list[j], &through_steps[v], &through_sessions[v]);
    }
}

/* Every dependency, directly and through what the kernel moves; then the same for the waves. */
static void check_dependencies(const int *ranks, bool waves)
{
    int best = NONE, best_d = 0, best_who = 0, best_step = 0, best_late = 0, best_session = NONE, best_other = 0;
    bool mixed = rules[phase].between == NULL;
    order_ranks = ranks;
    by_wave = waves;
    gather();
    for (int i = 0; i < dependency_count; i++) {
        int d = dependencies[i].dependent, at;
        struct latest of_steps = { 0 }, of_sessions = { 0 };
        if (!binds(i) || (d < object_count && file_of[d] == NONE))
            continue;
        needed(dependencies[i].on, &of_steps, &of_sessions);
        int s = d < object_count ? session_of[d] : d - object_count;
        int own_count = d < object_count ? 1 : mixed ? first_of[s].count : 0;
        for (int j = 0; j < own_count && (!waves || mixed); j++) {
            int k = d < object_count ? step(d) : first_of[s].owner[j];
            if ((at = but(&of_steps, k)) == NONE || of_steps.moment[at] + waves <= moment_of[k])
                continue;
            int late = of_steps.owner[at], place = k < late ? k : late;
            if (best == NONE || place < best) {
                best = place, best_d = i, best_who = of_steps.who[at];
                best_step = k, best_late = late, best_session = NONE;
            }
        }
        long long moment;
        if ((at = but(&of_sessions, s)) != NONE && session_moment(s, &moment)
            && of_sessions.moment[at] + waves > moment) {
            int a = place_of(s), b = place_of(of_sessions.owner[at]);
            int place = a < 0 && b < 0 ? 0 : a < 0 ? b : b < 0 || a < b ? a : b;
            if (best == NONE || place < best) {
                best = place, best_d = i, best_who = of_sessions.who[at];
                best_session = s, best_other = of_sessions.owner[at];
            }
        }
    }
    if (best == NONE)
        return;
    const char *d = quoted(names[dependencies[best_d].dependent]), *on = quoted(names[dependencies[best_d].on]);
    const char *last = best_who == dependencies[best_d].on ? "" : quoted(names[best_who]);
    const char *so = *last != 0 ? " and so " : "", *must = sign() > 0 ? "go after" : "go before";
    if (waves)
        found("%s needs %s%s%s, and their waves say that they could run side by side.", d, on, so, last);
    if (best_session != NONE)
        found("%s needs %s%s%s and must %s it, but %s and %s stand the other way round.", d, on, so, last, must,
            quoted(names[object_count + best_session]), quoted(names[object_count + best_other]));
    found("%s needs %s%s%s and must %s it, but they are steps %d and %d.", d, on, so, last, must, best_step,
        best_late);
}

static bool is_named(int i)
{
    return rules[phase].unit == OBJECT || (rules[phase].unit == FILES && file_of[i] == i);
}

static void check_carries(void)
{
    int *place = room(object_count, sizeof *place), *expected = room(step_count[phase], sizeof *expected);
    for (int i = 0; i < object_count; i++) {
        place[i] = NONE;
        if (file_of[i] != NONE && !is_named(i))
            expected[step(i)]++;
    }
    for (int k = 0; k < step_count[phase]; k++) {
        json_t *carries = steps[phase][k].carries;
        bool fits = (int)json_array_size(carries) == expected[k];
        for (int at = 0, last = NONE; fits && at < expected[k]; at++) {
            int i = look_up(ids, json_string_value(json_array_get(carries, at)));
            fits = i != NONE && file_of[i] != NONE && !is_named(i) && step(i) == k && place[i] == NONE
                && (rules[phase].unit == FILES || i > last);
            if (fits)
                place[last = i] = at;
        }
        if (!fits)
            found("step %d does not carry what %s carries.", k, name_of(movers[k]));
    }
    for (int d = 0; d < dependency_count && rules[phase].unit == FILES; d++) {
        int a = dependencies[d].dependent, b = dependencies[d].on;
        if (is_inside(d) && place[a] != NONE && place[b] != NONE && step(a) == step(b)
            && (place[b] < place[a]) != (sign() > 0))
            found("step %d carries %s and %s in the wrong order.", step(a), quoted(names[a]), quoted(names[b]));
    }
}

static void check_retrieve(const int *ranks)
{
    int *sorted = sessions_by(ranks, false), *first = room(session_count, sizeof *first);
    for (int s = 0; s < session_count; s++)
        first[s] = step_count[phase];
    for (int k = step_count[phase] - 1; k >= 0; k--)
        first[session_at(k)] = k;
    for (int i = 1; i < session_count; i++)
        if (first[sorted[i - 1]] > first[sorted[i]]) {
            problem("sessions", "\"retrieve\" is not the order of the first steps.");
            return;
        }
}

int main(int count, char **arguments)
{
    if (count != 2) {
        fputs("usage: check_certificate PLAN\n", stderr);
        return 2;
    }
    read_plan(arguments[1]);
    int *ranks[PHASES] = { 0 }, *retrieve = NULL;
    for (int p = 0; p < PHASES; p++) {
        int q = 0;
        while (rules[p].between != NULL && q < p
            && (rules[q].between == NULL || strcmp(rules[q].between, rules[p].between) != 0))
            q++;
        ranks[p] = rules[p].between == NULL ? NULL : q < p ? ranks[q] : ranks_of(rules[p].between);
        if (rules[p].between != NULL && q == p && ranks[p] == NULL)
            problem("sessions", "%s does not list every session once.", quoted(rules[p].between));
    }
    if (rules[4].unit == FILES || rules[4].unit == SESSION) {
        retrieve = ranks_of("retrieve");
        if (retrieve == NULL)
            problem("sessions", "\"retrieve\" does not list every session once.");
    }
    for (int p = 0, is_told = 0; p < PHASES && !is_told; p++)
        for (int s = 0; s < session_count && ranks[p] != NULL && !is_told
            && strcmp(rules[p].between, "create") == 0 && created[s]; s++)
            if (ranks[p][s] != s) {
                problem("sessions", "\"create\" does not begin with what the kernel has.");
                is_told = 1;
            }
    for (phase = 0; phase < PHASES; phase++) {
        if (setjmp(next_phase) != 0)
            continue;
        find_movers();
        if (phase == 0 && rules[0].unit == FILES)
            preserve_movers = movers;
        if (phase == 4 && retrieve != NULL)
            check_retrieve(retrieve);
        check_derived(ranks[phase]);
        if (phase == 0)
            check_preserved();
        check_cycles();
        if (rules[phase].unit != EVERYTHING) {
            check_dependencies(ranks[phase], false);
            check_dependencies(ranks[phase], true);
        }
        check_carries();
    }
    if (!failed)
        puts("LEGAL: the plan keeps every dependency of its certificate, in all six phases.");
    return failed ? 1 : 0;
}
