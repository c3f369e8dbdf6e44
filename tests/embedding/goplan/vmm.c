/* A VMM's side of a live update in C, without a runtime, a JSON reader or a heap: it checks a certificate and makes
 * the calls of its plan one by one. Here a call is a line that says what it would be.
 *
 * usage: vmm FILE [DIGEST]      the calls of an update that goes through; DIGEST is the `input` that is expected
 *        vmm --back FILE        the calls of one that is taken back before the kexec
 *        vmm --steps FILE       every step of every phase, with what moves inside it
 *        exit code 0; 1 where the plan is not legal or another set's; 2 usage; 3 not readable or too large
 * build: cc -std=c99 -O2 -Isrc/GraphOrder.Native/include -o vmm vmm.c
 */
#include "goplan_check.h"
#include <stdio.h>
#include <string.h>

static const char *const phase_names[] = {
    "preserve", "freeze", "unfreeze", "unpreserve", "retrieve", "finish" };

/* Room for 64 machines, taken once: a VMM has it before it needs it. */
static unsigned char certificate[1 << 20];
static uint32_t scratch[1 << 18];

static void print(const char *word, goplan_text text)
{
    printf("%s%.*s", word, (int)text.length, text.bytes);
}

static void print_steps(const goplan_plan *plan)
{
    static const char *const kinds[] = { "file", "object", "session", "all", "act" };
    goplan_step step;
    for (int p = 0; p < GOPLAN_PHASES; p++)
        for (int any = goplan_first(plan, p, &step); any; any = goplan_next(plan, &step)) {
            printf("%s %u wave %u %s", phase_names[p], (unsigned)step.index, (unsigned)step.wave, kinds[step.kind]);
            print(" session ", step.session);
            printf(" token 0x%llx", (unsigned long long)step.token);
            print(" id ", step.id);
            printf(" done %d", step.is_done);
            for (uint32_t i = 0; i < step.carried_count; i++)
                print(i == 0 ? " carries " : ",", goplan_carried(plan, &step, i));
            putchar('\n');
        }
}

/* Where a caller names a session and nothing in it, its first step stands for all. */
static void execute(const goplan_plan *plan, int phase)
{
    int by_session = goplan_is_called_by_session(plan, phase);
    goplan_text last = { "", 0 };
    goplan_step step;
    for (int any = goplan_first(plan, phase, &step); any; any = goplan_next(plan, &step)) {
        int is_same = step.session.bytes == last.bytes;
        if (step.is_done)
            continue;
        if (step.kind == GOPLAN_ACT) {
            print("do ", step.id);
            print(" of ", step.session);
        } else if (by_session) {
            last = step.session;
            if (is_same)
                continue;
            printf("%s", phase_names[phase]);
            print(" session ", step.session);
        } else if (step.kind == GOPLAN_ALL) {
            printf("%s everything", phase_names[phase]);
        } else {
            printf("%s", phase_names[phase]);
            print(" ", step.id);
            print(" in ", step.session);
            if (step.kind == GOPLAN_FILE)
                printf(" by token 0x%llx", (unsigned long long)step.token);
        }
        putchar('\n');
    }
}

static void create_sessions(const goplan_plan *plan)
{
    for (uint32_t i = goplan_created_count(plan); i < goplan_session_count(plan); i++)
        if (goplan_has_order(plan, GOPLAN_ORDER_CREATE)) {
            print("create ", goplan_session(plan, GOPLAN_ORDER_CREATE, i));
            putchar('\n');
        }
}

static int is_expected(const goplan_plan *plan, const char *digest)
{
    static const char digits[] = "0123456789abcdef";
    char found[65];
    for (int i = 0; i < 32; i++) {
        found[2 * i] = digits[goplan_input(plan)[i] >> 4];
        found[2 * i + 1] = digits[goplan_input(plan)[i] & 15];
    }
    found[64] = 0;
    return strncmp(digest, "sha256:", 7) == 0 && strcmp(digest + 7, found) == 0;
}

int main(int count, char **arguments)
{
    int is_back = count == 3 && strcmp(arguments[1], "--back") == 0;
    int is_list = count == 3 && strcmp(arguments[1], "--steps") == 0;
    const char *path = count > 1 ? arguments[is_back || is_list ? 2 : 1] : NULL;
    const char *digest = count == 3 && !is_back && !is_list ? arguments[2] : NULL;
    goplan_plan plan;
    goplan_fault fault;
    FILE *stream;
    size_t length;
    if (count < 2 || count > 3) {
        fputs("usage: vmm FILE [DIGEST], or vmm --back|--steps FILE\n", stderr);
        return 2;
    }
    stream = fopen(path, "rb");
    if (stream == NULL)
        return 3;
    length = fread(certificate, 1, sizeof certificate, stream);
    fclose(stream);
    if (length == sizeof certificate || goplan_scratch_words(certificate, length) > sizeof scratch / sizeof *scratch)
        return 3;
    if (goplan_check(&plan, certificate, length, scratch, sizeof scratch / sizeof *scratch, &fault) != GOPLAN_LEGAL) {
        printf("%s (%s %u%s%s)\n", fault.sentence, fault.counts, (unsigned)fault.position,
            fault.phase < 0 ? "" : " of ", fault.phase < 0 ? "" : phase_names[fault.phase]);
        return 1;
    }
    if (digest != NULL && !is_expected(&plan, digest)) {
        puts("The plan is legal, but was made for another set.");
        return 1;
    }
    if (is_list) {
        print_steps(&plan);
        return 0;
    }
    create_sessions(&plan);
    execute(&plan, GOPLAN_PRESERVE);
    if (is_back) {
        execute(&plan, GOPLAN_UNPRESERVE);
        return 0;
    }
    puts("kexec, and in it the kernel freezes:");
    execute(&plan, GOPLAN_FREEZE);
    execute(&plan, GOPLAN_RETRIEVE);
    execute(&plan, GOPLAN_FINISH);
    return 0;
}
