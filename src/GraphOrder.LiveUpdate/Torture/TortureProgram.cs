using System.Globalization;
using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Writes a sequence as a C program, which prints each call and its answer: what somebody else needs to see
/// the
/// same, without anything of ours.
/// </summary>
internal static class TortureProgram
{
    private const string Beginning = """
        #define _GNU_SOURCE
        #include <errno.h>
        #include <fcntl.h>
        #include <stdint.h>
        #include <stdio.h>
        #include <string.h>
        #include <sys/eventfd.h>
        #include <sys/ioctl.h>
        #include <sys/mman.h>
        #include <sys/stat.h>
        #include <sys/syscall.h>
        #include <unistd.h>

        static int answered;
        static unsigned char argument[1024];
        static unsigned char bytes[1 << 20];
        static char path[64];

        static long say(const char *call, long answer)
        {
            printf("%2d %s: %ld", answered++, call, answer);
            if (answer < 0)
                printf(" errno %d (%s)", errno, strerror(errno));
            printf("\n");
            return answer;
        }

        static unsigned char *fill(unsigned char first, long count)
        {
            for (long i = 0; i < count; i++)
                bytes[i] = (unsigned char)(first + i);
            return bytes;
        }

        static void make(uint32_t size, int32_t second, const char *name, uint64_t token)
        {
            memset(argument, 0, sizeof argument);
            memcpy(argument, &size, 4);
            memcpy(argument + 4, &second, 4);
            memcpy(argument + 8, &token, 8);
            if (name)
                memcpy(argument + 8, name, strlen(name));
        }

        static int made(void)
        {
            int32_t descriptor;
            memcpy(&descriptor, argument + 4, 4);
            return descriptor;
        }

        static const char *link_of(int descriptor)
        {
            snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
            return path;
        }

        static long store(int descriptor, long offset, long count, unsigned char first)
        {
            struct stat seen;
            long start = offset & ~4095L;
            if (fstat(descriptor, &seen) < 0)
                return -1;
            long end = S_ISREG(seen.st_mode) ? (seen.st_size + 4095) & ~4095L : 0;
            if (offset < 0 || offset + count > end) {
                errno = EINVAL; /* a store there would end this process */
                return -1;
            }
            unsigned char *at = mmap(NULL, (size_t)(offset - start + count), PROT_READ | PROT_WRITE,
                MAP_SHARED,
                                     descriptor, start);
            if (at == MAP_FAILED)
                return -1;
            memcpy(at + (offset - start), fill(first, count), (size_t)count);
            return munmap(at, (size_t)(offset - start + count));
        }

        static long status(int descriptor)
        {
            struct stat seen;
            long answer = fstat(descriptor, &seen);
            if (answer == 0)
                printf("   mode %o names %ld size %ld blocks %ld\n", seen.st_mode, (long)seen.st_nlink,
                       (long)seen.st_size, (long)seen.st_blocks);
            return answer;
        }

        static long mode(int descriptor, mode_t bits)
        {
            struct stat seen;
            if (fstat(descriptor, &seen) == 0 && !S_ISREG(seen.st_mode)) {
                errno = EPERM; /* never of a device or a folder */
                return -1;
            }
            return fchmod(descriptor, bits);
        }

        static long digest(int descriptor, long offset, long count)
        {
            uint64_t sum = 14695981039346656037u;
            long answer = pread(descriptor, bytes, (size_t)count, offset);
            for (long i = 0; i < answer; i++)
                sum = (sum ^ bytes[i]) * 1099511628211u;
            printf("   digest %016llx\n", (unsigned long long)sum);
            return answer;
        }

        """;

    // What a short program does not use must not stop a compiler that takes warnings for errors.
    private const string Uses = """
            (void)fill, (void)make, (void)made, (void)link_of, (void)store, (void)status, (void)mode,
                (void)digest;

        """;

    /// <summary>The text of the program.</summary>
    /// <param name="found">The difference.</param>
    /// <param name="seed">The seed, for the remark at the beginning.</param>
    /// <param name="round">The round.</param>
    public static string Write(TortureDifference found, ulong seed, int round)
    {
        StringBuilder text = new();
        int last = found.Calls.Count - 1;
        text.Append(CultureInfo.InvariantCulture, $"/* Seed {seed}, round {round}. Call {last} answered ");
        text.Append(CultureInfo.InvariantCulture, $"'{found.First}' here and '{found.Second}' there. */\n");
        text.Append(Beginning).Append("\nint main(void)\n{\n").Append(Uses);
        HashSet<int> declared = [.. found.Calls.Select(call => call.Id)];
        foreach (TortureCall call in found.Calls)
        {
            text.Append(CultureInfo.InvariantCulture, $"    int fd{call.Id} = -1;\n");
        }

        foreach (TortureCall call in found.Calls)
        {
            TortureStatement.Write(text, call, round, declared);
        }

        foreach (TortureCall call in found.Calls)
        {
            text.Append(CultureInfo.InvariantCulture, $"    (void)fd{call.Id};\n");
        }

        return text.Append("    return 0;\n}\n").ToString();
    }
}
