namespace GraphOrder.LiveUpdate;

/// <summary>
/// The system calls of one process, as far as a live update needs them. <see cref="LinuxCalls"/> asks the
/// kernel that runs; <c>SimulatedProcess</c> answers as that kernel would. Whatever drives an update is
/// written against this, and so runs against both.
/// </summary>
/// <remarks>
/// Descriptors are numbers of that process. Paths and names are bytes without NUL; the implementation ends
/// them. An error is data and nothing throws. Not thread-safe, unless an implementation says so.
/// </remarks>
public interface ISystemCalls
{
    /// <summary>open(2).</summary>
    CallResult Open(ReadOnlySpan<byte> path, OpenModes modes);

    /// <summary>unlink(2).</summary>
    CallResult Unlink(ReadOnlySpan<byte> path);

    /// <summary>pipe2(2): the reading end; the writing end is <paramref name="writing"/>.</summary>
    CallResult CreatePipe(out int writing);

    /// <summary>eventfd2(2).</summary>
    CallResult CreateEvent();

    /// <summary>memfd_create(2).</summary>
    CallResult CreateMemory(ReadOnlySpan<byte> name, MemoryModes modes);

    /// <summary>close(2).</summary>
    CallResult Close(int descriptor);

    /// <summary>fcntl(2) F_DUPFD_CLOEXEC.</summary>
    CallResult Duplicate(int descriptor);

    /// <summary>
    /// ioctl(2) with a structure that is read and written; an empty span stands for the null pointer.
    /// </summary>
    CallResult Control(int descriptor, uint request, Span<byte> argument);

    /// <summary>fstat(2).</summary>
    CallResult Status(int descriptor, out FileStatus status);

    /// <summary>pread(2): bytes read; fewer at the end of the file.</summary>
    CallResult ReadAt(int descriptor, Span<byte> bytes, long offset);

    /// <summary>pwrite(2): bytes written.</summary>
    CallResult WriteAt(int descriptor, ReadOnlySpan<byte> bytes, long offset);

    /// <summary>
    /// mmap(2) shared and writable, a store of these bytes, munmap(2). What fails is the mapping; bytes
    /// beyond the last page of the file are not stored, EINVAL.
    /// </summary>
    CallResult WriteThroughMapping(int descriptor, ReadOnlySpan<byte> bytes, long offset);

    /// <summary>lseek(2) SEEK_SET; the position.</summary>
    CallResult Seek(int descriptor, long position);

    /// <summary>lseek(2) SEEK_CUR by 0: the position.</summary>
    CallResult Position(int descriptor);

    /// <summary>
    /// lseek(2) SEEK_DATA or SEEK_HOLE from an offset: where data or a hole begins next; ENXIO at the end.
    /// </summary>
    CallResult SeekExtent(int descriptor, long offset, bool toHole);

    /// <summary>ftruncate(2).</summary>
    CallResult SetLength(int descriptor, long bytes);

    /// <summary>fallocate(2).</summary>
    CallResult Allocate(int descriptor, AllocateModes modes, long offset, long bytes);

    /// <summary>fchmod(2).</summary>
    CallResult ChangeMode(int descriptor, uint mode);

    /// <summary>fcntl(2) F_GET_SEALS: the bits of <see cref="Seals"/>.</summary>
    CallResult GetSeals(int descriptor);

    /// <summary>fcntl(2) F_ADD_SEALS.</summary>
    CallResult AddSeals(int descriptor, Seals seals);

    /// <summary>fcntl(2) F_GETFD: 1 where the descriptor closes on exec.</summary>
    CallResult DescriptorFlags(int descriptor);

    /// <summary>fcntl(2) F_GETFL: access mode and status flags.</summary>
    CallResult StatusFlags(int descriptor);

    /// <summary>Where /proc/self/fd/N points; null where that is no open descriptor.</summary>
    string? Link(int descriptor);

    /// <summary>kcmp(2) KCMP_FILE between two descriptors of this process: 0 where they are one open file.
    /// </summary>
    CallResult Compare(int descriptor, int other);

    /// <summary>setrlimit(2) RLIMIT_NOFILE: the first descriptor number that is not given out any more.
    /// </summary>
    CallResult LimitDescriptors(int count);

    /// <summary>
    /// kexec_file_load(2). Never kexec_load: a kernel that was loaded so carries no hand-over, and all that
    /// was preserved is lost without a word (seen on Linux 7.3.4).
    /// </summary>
    /// <param name="kernel">A descriptor of the image.</param>
    /// <param name="initialRamDisk">One of the initial RAM disk; -1 for none.</param>
    /// <param name="commandLine">The next kernel's command line.</param>
    CallResult LoadKernel(int kernel, int initialRamDisk, ReadOnlySpan<byte> commandLine);

    /// <summary>
    /// reboot(2) LINUX_REBOOT_CMD_KEXEC: freezes what is preserved and jumps. It comes back only where it
    /// fails.
    /// </summary>
    CallResult Jump();
}
