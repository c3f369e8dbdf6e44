/* Coverage-guided fuzzing of goplan_check.h; fuzz_goplan.sh builds and runs it with seeds.
 *
 * build: clang -std=c99 -O1 -g -fsanitize=address,undefined,fuzzer -Isrc/GraphOrder.Native/include fuzz_goplan.c
 *
 * A check must end without a bad access, and without a write outside its scratch; a plan that it finds legal must
 * be read to the end, each step and name once, and must be found legal again with other bytes in the scratch.
 */
#include "goplan_check.h"
#include <stdlib.h>
#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed);

static volatile unsigned seen;

static void look(goplan_text text)
{
    for (size_t i = 0; i < text.length; i++)
        seen += (unsigned char)text.bytes[i];
}

static void demand(int holds)
{
    if (!holds)
        abort();
}

static void execute(const goplan_plan *plan)
{
    goplan_step step;
    for (int p = -1; p <= GOPLAN_PHASES; p++) {
        uint32_t count = 0, carried = 0;
        for (int any = goplan_first(plan, p, &step); any; any = goplan_next(plan, &step)) {
            demand(step.index == count++ && step.phase == p);
            demand((step.kind == GOPLAN_ALL) == (step.session.length == 0));
            demand((step.kind == GOPLAN_ALL || step.kind == GOPLAN_SESSION) == (step.id.length == 0));
            look(step.session);
            look(step.id);
            for (uint32_t i = 0; i < step.carried_count; i++, carried++) {
                demand(goplan_carried(plan, &step, i).length > 0);
                look(goplan_carried(plan, &step, i));
            }
            demand(goplan_carried(plan, &step, step.carried_count).length == 0);
        }
        demand(count == goplan_step_count(plan, p));
        demand(p < 0 || p == GOPLAN_PHASES || carried == plan->carried_count[p]);
        seen += (unsigned)goplan_is_called_by_session(plan, p);
    }
    for (int order = -1; order <= 10; order++)
        for (uint32_t i = 0; i <= goplan_session_count(plan); i++)
            look(goplan_session(plan, order, i));
    look(goplan_model(plan));
    seen += goplan_input(plan)[31] + goplan_rules(plan)[31] + goplan_created_count(plan);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    goplan_plan plan;
    goplan_fault fault, other;
    size_t words = goplan_scratch_words(data, size);
    uint32_t *scratch = malloc(words * sizeof *scratch + 1);
    demand(scratch != NULL && words < size + (size == 0));
    memset(scratch, 0xA5, words * sizeof *scratch);
    int code = goplan_check(&plan, data, size, scratch, words, &fault);
    demand(code == fault.code && fault.sentence[0] != 0 && fault.counts[0] != 0);
    demand(fault.phase >= -1 && fault.phase < GOPLAN_PHASES);
    if (code == GOPLAN_LEGAL) {
        memset(scratch, 0xFF, words * sizeof *scratch);
        execute(&plan);
        demand(goplan_check(&plan, data, size, scratch, words, NULL) == GOPLAN_LEGAL);
        demand(goplan_check(&plan, data, size, scratch, words - 1, &other) == GOPLAN_NO_SCRATCH);
    }
    demand(code == GOPLAN_LEGAL || goplan_step_count(&plan, GOPLAN_PRESERVE) == 0);
    free(scratch);
    return 0;
}

/* Mostly changes of numbers that keep the form: without them nearly every input ends at its length. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed)
{
    unsigned kind = seed % 8;
    seed = seed / 8 * 2654435761u;
    if (kind == 0 || size < GOPLAN_IN_HEADER + 16)
        return LLVMFuzzerMutate(data, size, max);
    for (unsigned i = 0; i <= kind % 3; i++) {
        size_t words = size / 4, at = 4 * (seed % words), other = 4 * (seed / 7 % words);
        uint8_t kept[12];
        seed = seed * 1664525u + 1013904223u;
        switch (seed >> 16 & 7) {
        case 0: data[at + (seed >> 20 & 3)] ^= (uint8_t)(1u << (seed >> 24 & 7)); break;
        case 1: data[at]++; break;
        case 2: data[at]--; break;
        case 3: memmove(data + at, data + other, 4); break;
        case 4: data[88 + seed / 32 % 30] = (uint8_t)(seed >> 20 & 7); break;
        case 5: memset(data + at, seed >> 20 & 1 ? 0xFF : 0, 4); break;
        default: {
            size_t width = seed >> 20 & 1 ? 4 : 12, second = at + width;
            if (second + width > size)
                break;
            memcpy(kept, data + at, width);
            memmove(data + at, data + second, width);
            memcpy(data + second, kept, width);
        }
        }
    }
    for (int i = 0; i < 8; i++)
        data[16 + i] = (uint8_t)((uint64_t)size >> 8 * i);
    return size;
}
