/* What every hostile input is put through: a check must end without a bad access and without a write outside its
 * scratch; a plan that it finds legal must be readable to the end, each step and name once, and must be found
 * legal again with other bytes in the scratch. Ends the process where something does not hold.
 */
#ifndef WALK_GOPLAN_H
#define WALK_GOPLAN_H

#include "goplan_check.h"
#include <stdlib.h>
#include <string.h>

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

static void walk(const goplan_plan *plan)
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

static int check_and_walk(const uint8_t *data, size_t size)
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
        walk(&plan);
        demand(goplan_check(&plan, data, size, scratch, words, NULL) == GOPLAN_LEGAL);
        demand(goplan_check(&plan, data, size, scratch, words - 1, &other) == GOPLAN_NO_SCRATCH);
    }
    demand(code == GOPLAN_LEGAL || goplan_step_count(&plan, GOPLAN_PRESERVE) == 0);
    free(scratch);
    return code;
}

#endif
