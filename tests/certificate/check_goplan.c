/* Checks certificates in binary with goplan_check.h: a line for each file.
 *
 * usage: check_goplan FILE...   each line: class (0 legal, 1 illegal, 4 malformed), code, phase, position, sentence
 *        exit code 0, or 3 where a file cannot be read; a file with many certificates, each behind its length
 *        in 32 bits, is one that begins with the eight bytes "GOPLANS\n"
 * build: cc -std=c99 -O2 -Isrc/GraphOrder.Native/include -o check_goplan check_goplan.c
 */
#include "goplan_check.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int tell(const unsigned char *given, size_t length)
{
    /* Memory of exactly that length, so that a look behind it is one behind an allocation. */
    unsigned char *bytes = malloc(length);
    size_t words = goplan_scratch_words(given, length);
    uint32_t *scratch = malloc(words * sizeof *scratch);
    goplan_plan plan;
    goplan_fault fault;
    if ((bytes == NULL && length > 0) || (scratch == NULL && words > 0))
        return 3;
    if (length > 0)
        memcpy(bytes, given, length);
    int code = goplan_check(&plan, bytes, length, scratch, words, &fault);
    printf("%d %d %d %u %s: %s\n", code == GOPLAN_LEGAL ? 0 : goplan_is_malformed(code) ? 4 : 1, code,
        fault.phase, (unsigned)fault.position, fault.counts, fault.sentence);
    free(scratch);
    free(bytes);
    return 0;
}

int main(int count, char **arguments)
{
    for (int i = 1; i < count; i++) {
        FILE *stream = fopen(arguments[i], "rb");
        size_t length = 0, room = 1 << 16, some;
        unsigned char *bytes = malloc(room);
        if (stream == NULL || bytes == NULL)
            return 3;
        while ((some = fread(bytes + length, 1, room - length, stream)) > 0)
            if ((length += some) == room && (bytes = realloc(bytes, room *= 2)) == NULL)
                return 3;
        fclose(stream);
        if (length >= 8 && memcmp(bytes, "GOPLANS\n", 8) == 0) {
            for (size_t at = 8; at + 4 <= length;) {
                size_t own = goplan_in_u32(bytes + at);
                at += 4;
                if (own > length - at || tell(bytes + at, own) != 0)
                    return 3;
                at += own;
            }
        } else if (tell(bytes, length) != 0)
            return 3;
        free(bytes);
    }
    return 0;
}
