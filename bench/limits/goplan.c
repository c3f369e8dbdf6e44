/* How long goplan_check.h takes for one certificate, and what executing it by its iterator adds.
 *
 * usage: goplan FILE [RUNS]      medians in microseconds with quartiles, and a checksum of the steps
 * build: cc -std=gnu11 -O2 -march=x86-64-v2 -Isrc/GraphOrder.Native/include -o goplan bench/limits/goplan.c
 *
 * Certificate of set A: graph-order generate vm-host | graph-order plan - --format binary --output a.goplan
 */
#include "goplan_check.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static unsigned char bytes[1 << 26];
static uint32_t scratch[1 << 24];

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return 1e6 * (double)time.tv_sec + 1e-3 * (double)time.tv_nsec;
}

static int compare(const void *first, const void *second)
{
    double a = *(const double *)first, b = *(const double *)second;
    return a < b ? -1 : a > b;
}

static void tell(const char *what, double *times, int count)
{
    qsort(times, (size_t)count, sizeof *times, compare);
    printf("%s: median %.1f us [%.1f-%.1f], least %.1f\n", what, times[count / 2], times[count / 4],
        times[3 * count / 4], times[0]);
}

int main(int count, char **arguments)
{
    int runs = count > 2 ? atoi(arguments[2]) : 101;
    FILE *stream = count > 1 ? fopen(arguments[1], "rb") : NULL;
    if (stream == NULL || runs < 1)
        return 2;
    size_t length = fread(bytes, 1, sizeof bytes, stream), words = goplan_scratch_words(bytes, length);
    double *checks = malloc((size_t)runs * sizeof *checks), *walks = malloc((size_t)runs * sizeof *walks);
    uint64_t sum = 0;
    if (words > sizeof scratch / sizeof *scratch || checks == NULL || walks == NULL)
        return 3;
    for (int run = 0; run < runs; run++) {
        goplan_plan plan;
        goplan_step step;
        double start = now();
        int code = goplan_check(&plan, bytes, length, scratch, words, NULL);
        checks[run] = now() - start;
        if (code != GOPLAN_LEGAL) {
            puts(goplan_sentence(code));
            return 1;
        }
        sum = 0;
        start = now();
        for (int p = 0; p < GOPLAN_PHASES; p++)
            for (int any = goplan_first(&plan, p, &step); any; any = goplan_next(&plan, &step))
                sum = sum * 31 + step.token + step.session.length + step.id.length + step.wave;
        walks[run] = now() - start;
    }
    printf("%zu bytes, %zu words of scratch, %d runs, checksum %016llx\n", length, words, runs, (unsigned long long)sum);
    tell("check", checks, runs);
    tell("walk of all steps", walks, runs);
    return 0;
}
