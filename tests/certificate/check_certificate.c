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

enum { PHASES = 6, UNKNOWN = -2, NONE = -1 };
enum unit { OBJECT, FILES, SESSION, EVERYTHING };
enum inside { CHOSEN, FORWARD, BACKWARD, TOGETHER };

static const char *const phase_names[] = {
    "preserve", "freeze", "unfreeze", "unpreserve", "retrieve", "finish", NULL };
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
struct step { int what, session; bool has_token; unsigned long long token; int wave; json_t *carries; };
struct dependency { int dependent, on, phases, next_by_dependent, next_by_on; };

/* Everything has a number: the objects and acts, then the sessions, then everything as one. */
static struct rule rules[PHASES];
static int object_count, session_count, everything, dependency_count, step_count[PHASES];
static json_t *ids, *session_ids, *orders;
static const char **names;
static int *file_of, *home, *act_in, *preserved; /* the place of a preserved file in its session */
static unsigned long long *token_of;
static bool *created, failed;
static struct dependency *dependencies;
static int *first_by_dependent, *first_by_on; /* in lists, each in the order of the document */
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

static int *numbers(int count)
{
    int *found = room(count, sizeof *found);
    for (int i = 0; i < count; i++)
        found[i] = NONE;
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

static int look_up(json_t *table, const char *name)
{
    json_t *found = json_object_get(table, name);
    return found == NULL ? NONE : (int)json_integer_value(found);
}

static int find(json_t *table, json_t *name)
{
    int found = json_is_string(name) ? look_up(table, json_string_value(name)) : NONE;
    demand(found != NONE, "a name is not known.");
    return found;
}

static int find_end(json_t *name)
{
    if (strncmp(text_of(name), "session:", 8) != 0)
        return find(ids, name);
    int found = look_up(session_ids, json_string_value(name) + 8);
    demand(found != NONE, "a session is not known.");
    return object_count + found;
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

static void read_place(int i, json_t *entry, json_t *taken)
{
    json_t *session = json_object_get(entry, "session"), *token = json_object_get(entry, "token");
    json_t *in = json_object_get(entry, "phase"), *when = json_object_get(entry, "when");
    const char *kind = json_string_value(json_object_get(entry, "kind"));
    bool is_act = kind != NULL && strcmp(kind, "act") == 0;
    demand(is_act == (in != NULL) && (session != NULL || !is_act), "an act has a session and a phase.");
    demand(when == NULL || (is_act && json_is_string(when) && strcmp(json_string_value(when), "late") == 0),
        "an act may be late, and nothing else.");
    demand((token != NULL) == (session != NULL && !is_act), "files have tokens, and nothing else.");
    demand(session == NULL || json_object_get(entry, "within") == NULL, "an object has two places.");
    home[i] = session == NULL ? NONE : find(session_ids, session);
    if (is_act) {
        act_in[i] = word_of(phase_names, in);
        demand(act_in[i] != NONE, "an act has a known phase.");
    } else if (session != NULL) {
        char key[64];
        file_of[i] = i;
        token_of[i] = number(text_of(token));
        snprintf(key, sizeof key, "%d %llu", home[i], token_of[i]);
        demand(json_object_get(taken, key) == NULL, "a token stands twice.");
        json_object_set_new(taken, key, json_true());
    }
}

static void read_objects(json_t *list, json_t *sessions)
{
    object_count = (int)json_array_size(list);
    everything = object_count + session_count;
    ids = json_object();
    names = room(everything + 1, sizeof *names);
    names[everything] = "everything";
    file_of = numbers(everything + 1);
    home = numbers(everything + 1);
    act_in = numbers(everything + 1);
    token_of = room(everything + 1, sizeof *token_of);
    json_t *taken = json_object();
    for (int i = 0; i < object_count; i++) {
        json_t *entry = json_array_get(list, i);
        names[i] = text_of(member(entry, "id", JSON_STRING, false));
        demand(strncmp(names[i], "session:", 8) != 0, "that is no id.");
        demand(json_object_get(ids, names[i]) == NULL, "an object stands twice.");
        json_object_set_new(ids, names[i], json_integer(i));
        read_place(i, entry, taken);
    }
    for (int i = 0; i < object_count; i++) {
        json_t *within = json_object_get(json_array_get(list, i), "within");
        if (within != NULL) {
            int file = find(ids, within);
            demand(file_of[file] == file, "only a file carries objects.");
            file_of[i] = file;
            home[i] = home[file];
        }
    }
    preserved = numbers(object_count);
    for (int s = 0; s < session_count; s++) {
        json_t *entry = json_array_get(sessions, s), *files = member(entry, "preserved", JSON_ARRAY, true);
        const char *name = json_string_value(json_object_get(entry, "name"));
        char *whole = room(strlen(name) + 9, 1);
        sprintf(whole, "session:%s", name);
        names[object_count + s] = whole;
        home[object_count + s] = s;
        for (int i = 0; i < (int)json_array_size(files); i++) {
            int file = find(ids, json_array_get(files, i));
            demand(created[s] && preserved[file] == NONE && file_of[file] == file && home[file] == s,
                "preserved lists files of its own created session, each once.");
            preserved[file] = i;
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

static void link_dependencies(void)
{
    first_by_dependent = numbers(everything);
    first_by_on = numbers(everything);
    for (int i = dependency_count - 1; i >= 0; i--) {
        struct dependency *d = &dependencies[i];
        d->next_by_dependent = first_by_dependent[d->dependent];
        d->next_by_on = first_by_on[d->on];
        first_by_dependent[d->dependent] = first_by_on[d->on] = i;
    }
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
        *d = (struct dependency){ .dependent = find_end(first), .on = find_end(second) };
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
            bool is_of_other = (act_in[d->dependent] != NONE && act_in[d->dependent] != p)
                || (act_in[d->on] != NONE && act_in[d->on] != p);
            d->phases |= is_waived || is_of_other ? 0 : 1 << p;
        }
    }
}

/* What a step moves, or which act it is; NONE for what is not known. */
static int read_what(json_t *entry, int session)
{
    json_t *object = member(entry, "object", JSON_STRING, true);
    json_t *act = member(entry, "act", JSON_STRING, true);
    demand(object == NULL || act == NULL, "a step has an object or an act.");
    if (object == NULL && act == NULL)
        return session == UNKNOWN ? NONE : session == NONE ? everything : object_count + session;
    int found = look_up(ids, json_string_value(act != NULL ? act : object));
    return found != NONE && (act_in[found] != NONE) == (act != NULL) ? found : NONE;
}

static void read_step(json_t *entry, int k, struct step *step)
{
    json_t *at = member(entry, "step", JSON_INTEGER, true), *wave = member(entry, "wave", JSON_INTEGER, true);
    json_t *token = member(entry, "token", JSON_STRING, true);
    json_t *session = member(entry, "session", JSON_STRING, true);
    demand(at == NULL || json_integer_value(at) == k, "steps count from 0.");
    demand(json_integer_value(wave) >= 0 && json_integer_value(wave) < 1LL << 31, "waves count from 0.");
    step->session = session == NULL ? NONE : look_up(session_ids, json_string_value(session));
    step->session = session != NULL && step->session == NONE ? UNKNOWN : step->session;
    step->what = read_what(entry, step->session);
    step->has_token = token != NULL;
    step->token = token != NULL ? number(json_string_value(token)) : 0;
    step->wave = (int)json_integer_value(wave);
    step->carries = member(entry, "carries", JSON_ARRAY, true);
    for (size_t i = 0; i < json_array_size(step->carries); i++)
        text_of(json_array_get(step->carries, i));
}

static void read_steps(json_t *phases)
{
    for (int p = 0; p < PHASES; p++) {
        json_t *list = member(phases, phase_names[p], JSON_ARRAY, true);
        step_count[p] = (int)json_array_size(list);
        steps[p] = room(step_count[p], sizeof **steps);
        for (int k = 0; k < step_count[p]; k++)
            read_step(json_array_get(list, k), k, &steps[p][k]);
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
    link_dependencies();
    orders = member(plan, "sessions", JSON_OBJECT, false);
    read_steps(member(plan, "phases", JSON_OBJECT, false));
}

/* ---- Checking ---- */

static int phase, count, sign, *mover, *step_of, *preserve_step;
static int *ranks_in[PHASES], *ranks, *retrieve; /* the place of each session in an order */
static const struct rule *rule;
static const struct step *step;
static jmp_buf next;

/* The first thing that is wrong with a phase, or with the orders of sessions, ends the check of these. */
static void found(const char *format, ...)
{
    va_list values;
    failed = true;
    printf("%s: ", phase < 0 ? "sessions" : phase_names[phase]);
    va_start(values, format);
    vprintf(format, values);
    va_end(values);
    putchar('\n');
    longjmp(next, 1);
}

static bool is_act(int what) { return act_in[what] != NONE; }

static bool binds(int d) { return (dependencies[d].phases & 1 << phase) != 0; }

static bool is_inside(int d)
{
    return binds(d) && dependencies[d].dependent < object_count && dependencies[d].on < object_count;
}

/* What moves each object, and the step of each of these, of each act and of whatever else moves. */
static void find_movers(void)
{
    bool *expected = room(everything + 1, sizeof *expected);
    bool takes_acts = rule->unit != EVERYTHING
        && (rule->between != NULL ? strcmp(rule->between, "create") != 0 : rule->inside == CHOSEN);
    mover = numbers(object_count);
    step_of = numbers(everything + 1);
    for (int i = 0; i < object_count; i++) {
        int own[] = { i, file_of[i], object_count + home[i], everything };
        if (act_in[i] == phase && !takes_acts)
            found("%s is an act, and the model has no place for one here.", quoted(names[i]));
        mover[i] = act_in[i] == phase ? i : file_of[i] != NONE ? own[rule->unit] : NONE;
        if (mover[i] != NONE)
            expected[mover[i]] = true;
    }
    for (int s = 0; s < session_count; s++)
        if (rule->unit == SESSION || rule->unit == EVERYTHING)
            expected[rule->unit == SESSION ? object_count + s : everything] = true;
    for (int k = 0; k < count; k++) {
        int what = step[k].what;
        bool is_file = what >= 0 && file_of[what] == what;
        if (what == NONE || !expected[what])
            found("step %d moves what has no step of its own.", k);
        if (step_of[what] != NONE)
            found("step %d moves %s again.", k, quoted(names[what]));
        if (step[k].session != home[what] || step[k].has_token != is_file || step[k].token != token_of[what])
            found("step %d has another session or token than %s.", k, quoted(names[what]));
        step_of[what] = k;
    }
    for (int what = 0; what <= everything; what++)
        if (expected[what] && step_of[what] == NONE)
            found("%s has no step.", quoted(names[what]));
}

static int place_of(int session)
{
    return rule->backward ? session_count - 1 - ranks[session] : ranks[session];
}

/* Sessions in their order, files in preserve order; waves count steps or sessions. */
static void check_derived(void)
{
    bool reads = rule->inside == FORWARD || rule->inside == BACKWARD, is_by_session = rule->between != NULL;
    bool is_by_step = !is_by_session || strcmp(rule->between, "create") == 0;
    if (!(is_by_session || reads) || (is_by_session && ranks == NULL) || (reads && preserve_step == NULL))
        return;
    for (int k = 0, last = NONE, last_session = NONE, last_file = 0; k < count; k++) {
        if (is_act(step[k].what))
            continue;
        int session = is_by_session ? place_of(step[k].session) : 0;
        int file = !reads ? 0 : rule->inside == FORWARD ? preserve_step[step[k].what]
            : -preserve_step[step[k].what];
        bool is_same = is_by_session && session == last_session;
        if (session < last_session || (session == last_session && file < last_file))
            found("the model does not have %s in step %d.", quoted(names[step[k].what]), k);
        if (is_same && last != k - 1)
            found("step %d is an act inside a session.", k - 1);
        int wave = is_by_step ? k : step[is_same ? last : k].wave;
        if (step[k].wave != wave)
            found("step %d is in wave %d instead of %d.", k, step[k].wave, wave);
        last = k, last_session = session, last_file = file;
    }
}

static void check_preserved(void)
{
    int *last = room(session_count, sizeof *last);
    bool is_behind = false;
    for (int k = 0; k < count; k++) {
        int file = file_of[step[k].what];
        if (file == NONE || preserved[file] == NONE) {
            is_behind = true;
            continue;
        }
        if (is_behind || preserved[file] < last[home[file]])
            found("%s does not keep the place that the kernel gave it.", quoted(names[file]));
        last[home[file]] = preserved[file];
    }
}

static void check_retrieve(void)
{
    bool *seen = room(session_count, sizeof *seen);
    for (int k = 0, next = 0; k < count; k++)
        if (!is_act(step[k].what) && !seen[step[k].session]) {
            if (retrieve[step[k].session] != next++)
                found("\"retrieve\" does not follow the first steps of the sessions.");
            seen[step[k].session] = true;
        }
}

static int *kernel_moved, kernel_moved_count;

/* Components of objects by two walks (Kosaraju). Leaves what the kernel moves, what it needs first. */
static void check_cycles(void)
{
    int *order = room(object_count, sizeof *order), finished = 0, depth = 0;
    int *open = room(2 * object_count + dependency_count, sizeof *open);
    int *component = numbers(object_count);
    bool *seen = room(object_count, sizeof *seen);
    kernel_moved = room(object_count, sizeof *kernel_moved);
    kernel_moved_count = 0;
    for (int v = 0; v < object_count; v++)
        open[depth++] = v;
    while (depth > 0) {
        int v = open[--depth];
        if (v < 0)
            order[finished++] = ~v;
        if (v < 0 && file_of[~v] == NONE && !is_act(~v))
            kernel_moved[kernel_moved_count++] = ~v;
        if (v < 0 || seen[v])
            continue;
        seen[v] = true;
        open[depth++] = ~v;
        for (int d = first_by_dependent[v]; d != NONE; d = dependencies[d].next_by_dependent)
            if (is_inside(d))
                open[depth++] = dependencies[d].on;
    }
    while (finished > 0) {
        int root = order[--finished];
        for (open[depth++] = root; depth > 0;) {
            int v = open[--depth];
            for (int d = first_by_on[v]; d != NONE && component[v] == NONE; d = dependencies[d].next_by_on)
                if (is_inside(d))
                    open[depth++] = dependencies[d].dependent;
            component[v] = component[v] == NONE ? root : component[v];
        }
    }
    for (int d = 0; d < dependency_count && rule->unit != EVERYTHING; d++) {
        int a = dependencies[d].dependent, b = dependencies[d].on;
        if (is_inside(d) && component[a] == component[b]
            && (rule->unit != SESSION || home[a] == NONE || home[a] != home[b]))
            found("%s needs %s on a cycle.", quoted(names[a]), quoted(names[b]));
    }
}

/* What goes one after another, by numbers that time raises. One's own stands in nobody's way. */
enum relation { STEPS_IN_SESSION, PLACES, STEPS, WAVES };
struct moment { long long when; int owner, what; };
static const struct moment never = { -(1LL << 40), NONE, NONE };
static struct moment (*late)[2], (*early)[2];

/* Keeps the two latest that belong to different owners. */
static void add(struct moment *latest, struct moment moment)
{
    if (moment.when > latest[0].when) {
        latest[1] = latest[latest[0].owner == moment.owner];
        latest[0] = moment;
    } else if (moment.owner != latest[0].owner && moment.when > latest[1].when)
        latest[1] = moment;
}

static void note(int what, int number, int owner)
{
    add(late[what], (struct moment){ sign * number, owner, what });
    add(early[what], (struct moment){ -sign * number, owner, what });
}

/* By a step, for an object in it, an act or a session. */
static void note_step(enum relation relation, int what, int k)
{
    bool is_single = rule->between == NULL || relation == STEPS_IN_SESSION;
    int block = is_act(step[k].what) ? step[k].what : object_count + step[k].session;
    note(what, relation == WAVES ? step[k].wave : k, is_single ? k : block);
}

static void gather(enum relation relation)
{
    late = late != NULL ? late : room(everything + 1, sizeof *late);
    early = early != NULL ? early : room(everything + 1, sizeof *early);
    for (int v = 0; v <= everything; v++)
        late[v][0] = late[v][1] = early[v][0] = early[v][1] = never;
    for (int v = 0; v < everything && relation == PLACES; v++)
        if (home[v] != NONE && !is_act(v))
            note(v, place_of(home[v]), home[v]);
    for (int i = 0; i < object_count && relation != PLACES; i++)
        if (mover[i] != NONE)
            note_step(relation, i, step_of[mover[i]]);
    for (int k = 0; k < count && (relation == STEPS || relation == WAVES); k++)
        if (step[k].session != NONE && !is_act(step[k].what))
            note_step(relation, object_count + step[k].session, k);
    for (int i = 0; i < kernel_moved_count; i++)
        for (int d = first_by_dependent[kernel_moved[i]]; d != NONE; d = dependencies[d].next_by_dependent)
            for (int j = 0; j < 2 && binds(d); j++)
                add(late[kernel_moved[i]], late[dependencies[d].on][j]);
}

/* Looks up every dependency, directly and through what the kernel moves. */
static void check_dependencies(enum relation relation)
{
    static const char *const words[] = { "their steps", "their sessions' places", "their steps",
        "their waves" };
    gather(relation);
    for (int d = 0; d < dependency_count; d++)
        for (int j = 0; j < 2 && binds(d); j++) {
            int a = dependencies[d].dependent, b = dependencies[d].on;
            struct moment own = early[a][j], last = late[b][late[b][0].owner == own.owner];
            if (last.when < -own.when)
                continue;
            found("%s needs %s%s%s and must go %s it, but %s are %lld and %lld.", quoted(names[a]),
                quoted(names[b]), last.what == b ? "" : " and so ",
                last.what == b ? "" : quoted(names[last.what]), sign > 0 ? "after" : "before",
                words[relation], -own.when * sign, last.when * sign);
        }
}

static void check_carries(void)
{
    int *place = numbers(object_count);
    for (int k = 0; k < count; k++)
        for (int at = 0, last = NONE; at < (int)json_array_size(step[k].carries); at++) {
            int i = look_up(ids, json_string_value(json_array_get(step[k].carries, at)));
            if (i == NONE || i == step[k].what || place[i] != NONE || mover[i] != step[k].what
                || (rule->unit != FILES && i < last))
                found("step %d does not carry what %s carries.", k, quoted(names[step[k].what]));
            place[last = i] = at;
        }
    for (int i = 0; i < object_count; i++)
        if (mover[i] != NONE && mover[i] != i && place[i] == NONE)
            found("%s is carried by no step.", quoted(names[i]));
    for (int d = 0; d < dependency_count && rule->unit == FILES; d++) {
        int a = dependencies[d].dependent, b = dependencies[d].on;
        if (is_inside(d) && place[a] != NONE && place[b] != NONE && mover[a] == mover[b]
            && (place[b] < place[a]) != (sign > 0))
            found("%s and %s are carried in the wrong order.", quoted(names[a]), quoted(names[b]));
    }
}

/* The place of each session in an order of sessions. */
static int *ranks_of(const char *order)
{
    json_t *listed = json_object_get(orders, order);
    int *places = numbers(session_count), seen = 0;
    demand(listed == NULL || json_is_array(listed), "an order lists names.");
    for (int i = 0; i < (int)json_array_size(listed); i++) {
        demand(json_is_string(json_array_get(listed, i)), "an order lists names.");
        int s = look_up(session_ids, json_string_value(json_array_get(listed, i)));
        seen += s != NONE && places[s] == NONE;
        if (s != NONE)
            places[s] = i;
    }
    if (listed == NULL || seen < session_count || (int)json_array_size(listed) > seen)
        found("%s does not list every session once.", quoted(order));
    for (int s = 0; s < session_count && strcmp(order, "create") == 0 && created[s]; s++)
        if (places[s] != s)
            found("\"create\" does not begin with what the kernel has.");
    return places;
}

static void check_orders(void)
{
    phase = NONE;
    for (int p = 0; p < PHASES; p++)
        for (int q = 0; q <= p && ranks_in[p] == NULL && rules[p].between != NULL; q++)
            if (rules[q].between != NULL && strcmp(rules[q].between, rules[p].between) == 0)
                ranks_in[p] = q < p ? ranks_in[q] : ranks_of(rules[p].between);
    if (rules[4].unit == FILES || rules[4].unit == SESSION)
        retrieve = ranks_of("retrieve");
}

static void check_phase(void)
{
    rule = &rules[phase], step = steps[phase], count = step_count[phase], ranks = ranks_in[phase];
    sign = phase == 0 || phase == 1 || phase == 4 ? 1 : -1;
    find_movers();
    if (phase == 0)
        preserve_step = step_of;
    check_derived();
    if (phase == 0)
        check_preserved();
    if (phase == 4 && retrieve != NULL)
        check_retrieve();
    check_cycles();
    for (enum relation relation = STEPS_IN_SESSION; relation <= WAVES; relation++)
        if (relation >= STEPS || (rule->between != NULL && (relation != PLACES || ranks != NULL)))
            check_dependencies(relation);
    check_carries();
}

int main(int argument_count, char **arguments)
{
    if (argument_count != 2) {
        fputs("usage: check_certificate PLAN\n", stderr);
        return 2;
    }
    read_plan(arguments[1]);
    if (setjmp(next) == 0)
        check_orders();
    for (phase = 0; phase < PHASES; phase++)
        if (setjmp(next) == 0)
            check_phase();
    if (!failed)
        puts("LEGAL: the plan keeps every dependency of its certificate, in all six phases.");
    return failed ? 1 : 0;
}
