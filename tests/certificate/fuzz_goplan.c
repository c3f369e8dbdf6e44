/* Coverage-guided fuzzing of goplan_check.h; fuzz_goplan.sh builds and runs it with seeds.
 *
 * build: clang -std=c99 -O1 -g -fsanitize=address,undefined,fuzzer -Isrc/GraphOrder.Native/include fuzz_goplan.c
 */
#include "walk_goplan.h"
#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_and_walk(data, size);
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
