/* Every input of a stated kind through goplan_check.h.
 *
 * usage: hammer_goplan PAIRS FILE...    exit code 0: every input was checked without a bad access
 *   1. every string of up to 3 bytes (2 where PAIRS is 0), and every one of up to 2 bytes behind the 8 with which a
 *      certificate begins;
 *      the same strings as names, and of four bytes those at the borders of UTF-8, against another reading of it;
 *   2. every beginning of each file, its stated length as it was and made to fit;
 *   3. every file with every byte changed to each of the 255 others;
 *   4. every 32-bit number of each file replaced by 0, 1, the greatest, powers of 2 and its neighbours;
 *   5. of files of at most PAIRS bytes, every pair of bytes changed, each to 6 values that borders are made of.
 * build: cc -std=c99 -O2 -g -fsanitize=address,undefined -Isrc/GraphOrder.Native/include hammer_goplan.c
 */
#include "walk_goplan.h"
#include <stdio.h>

static unsigned long long checked, legal;

/* A copy of exactly that length: what reads behind it reads behind an allocation. */
static void check(const uint8_t *bytes, size_t length, int fits_length)
{
    uint8_t *copy = malloc(length + (length == 0));
    demand(copy != NULL);
    if (length > 0)
        memcpy(copy, bytes, length);
    for (size_t i = 0; fits_length && i < 8 && 16 + i < length; i++)
        copy[16 + i] = (uint8_t)((uint64_t)length >> 8 * i);
    checked++;
    legal += check_and_walk(copy, length) == GOPLAN_LEGAL;
    free(copy);
}

/* The length of the one code point that bytes begin with, told by writing it again; 0 where they begin with none. */
static size_t point(const uint8_t *bytes, size_t length)
{
    for (size_t size = 1; size <= 4 && size <= length; size++) {
        static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 }, lead[5] = { 0, 0, 0xC0, 0xE0, 0xF0 };
        uint32_t value = size == 1 ? bytes[0] : bytes[0] & (0x7Fu >> size);
        for (size_t i = 1; i < size; i++)
            value = value << 6 | (bytes[i] & 0x3F);
        int fits = value >= least[size] && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF)
            && (size == 1 ? value < 0x80 : bytes[0] == (lead[size] | value >> 6 * (size - 1)));
        for (size_t i = 1; i < size; i++)
            fits = fits && bytes[i] == (0x80 | (value >> 6 * (size - 1 - i) & 0x3F));
        if (fits)
            return size;
    }
    return 0;
}

static void text(const uint8_t *bytes, size_t length)
{
    goplan_text given = { (const char *)bytes, length };
    size_t at = 0, size;
    while (at < length && (size = point(bytes + at, length - at)) > 0)
        at += size;
    demand((at == length) == goplan_in_is_utf8(given));
    checked++;
}

/* Of four bytes the last two only at the borders of what may follow. */
static void texts(size_t length_max)
{
    static const uint8_t borders[6] = { 0, 0x7F, 0x80, 0xBF, 0xC0, 0xFF };
    for (size_t length = 0; length <= length_max; length++)
        for (uint32_t value = 0; value < 1u << 8 * length; value++) {
            uint8_t bytes[3] = { (uint8_t)value, (uint8_t)(value >> 8), (uint8_t)(value >> 16) };
            text(bytes, length);
        }
    for (uint32_t value = 0; value < 1u << 16; value++)
        for (int i = 0; i < 36; i++) {
            uint8_t bytes[4] = { (uint8_t)value, (uint8_t)(value >> 8), borders[i / 6], borders[i % 6] };
            text(bytes, 3);
            text(bytes, 4);
        }
}

static void strings(size_t length_max)
{
    uint8_t bytes[11] = { 0x89, 'G', 'O', 'P', 'L', 'A', 'N', '\n', 0, 0, 0 };
    for (size_t length = 0; length <= length_max; length++)
        for (uint32_t value = 0; value < 1u << 8 * length; value++) {
            uint8_t plain[3] = { (uint8_t)value, (uint8_t)(value >> 8), (uint8_t)(value >> 16) };
            demand(goplan_scratch_words(plain, length) == 0);
            demand(goplan_check(&(goplan_plan){ 0 }, plain, length, NULL, 0, NULL) == GOPLAN_NO_CERTIFICATE);
            checked++;
            if (length > 2)
                continue;
            memcpy(bytes + 8, plain, length);
            check(bytes, 8 + length, 0);
        }
}

static void numbers(uint8_t *bytes, size_t length)
{
    for (size_t at = 0; at + 4 <= length; at += 4) {
        uint8_t kept[4];
        uint32_t own = goplan_in_u32(bytes + at);
        memcpy(kept, bytes + at, 4);
        for (int i = 0; i < 70; i++) {
            uint32_t value = i < 32 ? 1u << i : i < 64 ? (1u << (i - 32)) - 1 : i < 66 ? own + 1 - 2 * (i & 1u)
                : i < 68 ? own ^ 0x80000000u : 0u - (uint32_t)(i - 67);
            for (int b = 0; b < 4; b++)
                bytes[at + (size_t)b] = (uint8_t)(value >> 8 * b);
            check(bytes, length, 0);
        }
        memcpy(bytes + at, kept, 4);
    }
}

static uint8_t border(uint8_t own, int i)
{
    const uint8_t values[6] = { 0, 1, 0x7F, 0xFF, (uint8_t)(own + 1), (uint8_t)(own - 1) };
    return values[i];
}

static void pairs(uint8_t *bytes, size_t length)
{
    for (size_t first = 8; first < length; first++)
        for (size_t then = first + 1; then < length; then++) {
            uint8_t own = bytes[first], other = bytes[then];
            for (int i = 0; i < 36; i++) {
                bytes[first] = border(own, i / 6);
                bytes[then] = border(other, i % 6);
                check(bytes, length, 0);
            }
            bytes[first] = own;
            bytes[then] = other;
        }
}

int main(int count, char **arguments)
{
    size_t pairs_max = count > 1 ? strtoul(arguments[1], NULL, 10) : 0;
    strings(pairs_max == 0 ? 2 : 3);
    texts(pairs_max == 0 ? 2 : 3);
    for (int i = 2; i < count; i++) {
        static uint8_t bytes[1 << 16];
        FILE *stream = fopen(arguments[i], "rb");
        if (stream == NULL)
            return 3;
        size_t length = fread(bytes, 1, sizeof bytes, stream);
        fclose(stream);
        demand(length < sizeof bytes && check_and_walk(bytes, length) == GOPLAN_LEGAL);
        for (size_t some = 0; some < length; some++)
            for (int fits = 0; fits < 2; fits++)
                check(bytes, some, fits);
        for (size_t at = 0; at < length; at++)
            for (int change = 1; change < 256; change++) {
                bytes[at] ^= (uint8_t)change;
                check(bytes, length, 0);
                bytes[at] ^= (uint8_t)change;
            }
        numbers(bytes, length);
        if (length <= pairs_max)
            pairs(bytes, length);
    }
    printf("%llu inputs, %llu of them legal\n", checked, legal);
    return 0;
}
