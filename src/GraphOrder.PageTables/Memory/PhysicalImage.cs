using System.Diagnostics.CodeAnalysis;

namespace GraphOrder.PageTables;

/// <summary>
/// A file that holds physical memory, or parts of it. Larger than memory is fine: a walk keeps 256 KiB of
/// it. An ordinary file, a block device and <c>/proc/kcore</c> can be read; the last cannot be mapped. What a
/// live machine writes meanwhile is seen partly old and partly new. Thread-safe until disposed.
/// </summary>
public sealed class PhysicalImage : IDisposable
{
    /// <summary>The memory of the machine that runs, as an ELF core.</summary>
    public const string LiveMemory = "/proc/kcore";

    private readonly FileStream _stream;
    private readonly MappedFile? _mapped;
    private readonly MemorySegments _segments;
    private readonly (long Length, DateTime Written) _state;

    private PhysicalImage(
        FileStream stream,
        (long Length, DateTime Written) state,
        bool isLive,
        MappedFile? mapped,
        ImageContents contents)
    {
        _stream = stream;
        _state = state;
        IsLive = isLive;
        _mapped = mapped;
        _segments = new(contents.Segments);
        Layout = contents.Layout;
        Word = contents.Word;
    }

    /// <summary>How the file holds memory.</summary>
    public ImageLayout Layout { get; }

    /// <summary>
    /// The word that a page list carries: RTADDR (VT-d), the first word of a device-table entry (AMD), or the
    /// address of the FDT; null in other layouts.
    /// </summary>
    public ulong? Word { get; }

    /// <summary>
    /// Whether it is the memory of the machine that runs (<see cref="LiveMemory"/>): what is read of it may
    /// be torn, and nothing tells.
    /// </summary>
    public bool IsLive { get; }

    /// <summary>
    /// Whether the file has another size or another time of its last change than when it was opened. What is
    /// written through a mapping of the file changes its time late or never.
    /// </summary>
    /// <exception cref="IOException">The file system does not answer.</exception>
    public bool HasChanged => StateOf(_stream) != _state;

    /// <summary>What it holds, ascending by physical address.</summary>
    public ReadOnlySpan<MemorySegment> Segments => _segments.Segments;

    /// <summary>Access by positional reads; each walk takes its own.</summary>
    public FileMemory Memory => new(_stream.SafeFileHandle, _segments);

    /// <summary>Access through the mapping; each walk takes its own.</summary>
    /// <exception cref="InvalidOperationException">It was not opened with <c>Map</c>.</exception>
    public MappedMemory Mapped => new(
        _mapped ?? throw new InvalidOperationException("The image was opened without Map."), _segments);

    /// <summary>Opens an image and reads its headers, O(segments).</summary>
    /// <param name="path">A file; a pipe cannot be read, since its other end may never come.</param>
    /// <param name="options">How.</param>
    /// <param name="image">The image.</param>
    /// <param name="flaw">What is wrong with it otherwise.</param>
    /// <exception cref="ArgumentException">The base address is not a multiple of 8.</exception>
    public static bool TryOpen(
        string path, ImageOptions options, [NotNullWhen(true)] out PhysicalImage? image, out ImageFlaw flaw)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        if (options.BaseAddress is { } address && (address & 7) != 0)
        {
            throw new ArgumentException("A base address is a multiple of 8.", nameof(options));
        }

        image = null;
        FileStream? stream = null;
        try
        {
            stream = RegularFile.Open(path);
            (long, DateTime) state = StateOf(stream);
            bool isLive = IsLiveMemory(path);
            flaw = ImageHeader.Read(stream, options.BaseAddress, out ImageContents contents);
            MappedFile? mapped = null;
            if (flaw == ImageFlaw.None && options.Map)
            {
                flaw = isLive ? ImageFlaw.CannotMap : TryMap(stream, out mapped);
            }

            if (flaw != ImageFlaw.None)
            {
                return false;
            }

            image = new(stream, state, isLive, mapped, contents);
            stream = null;
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            flaw = ImageFlaw.CannotRead;
            return false;
        }
        finally
        {
            stream?.Dispose();
        }
    }

    /// <summary>Whether a path leads to the memory of the machine that runs, by links too.</summary>
    /// <param name="path">The path; it need not exist.</param>
    public static bool IsLiveMemory(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string full = Path.GetFullPath(path);
        try
        {
            return (File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full) == LiveMemory;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return full == LiveMemory;
        }
    }

    /// <summary>Closes the file and unmaps it.</summary>
    public void Dispose()
    {
        _mapped?.Dispose();
        _stream.Dispose();
    }

    private static (long Length, DateTime Written) StateOf(FileStream stream) =>
        (stream.Length, File.GetLastWriteTimeUtc(stream.SafeFileHandle));

    private static ImageFlaw TryMap(FileStream stream, out MappedFile? mapped)
    {
        mapped = null;
        if (stream.Length == 0)
        {
            return ImageFlaw.CannotMap;
        }

        try
        {
            mapped = new(stream);
            return ImageFlaw.None;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or ArgumentException or NotSupportedException)
        {
            return ImageFlaw.CannotMap;
        }
    }
}
