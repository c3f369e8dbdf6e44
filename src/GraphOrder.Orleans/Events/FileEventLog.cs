using System.Buffers;

namespace GraphOrder.Orleans;

/// <summary>
/// A file of events, a line each, that only grows. One process has it at a time: a file beside it, named as
/// it with <c>.lock</c>, is held as long as the log is open. Thread-safe.
/// </summary>
/// <remarks>
/// A process that was killed while it wrote leaves the beginning of a line. That is cut off when the file is
/// opened, as its grain logs it again: the next line would otherwise be lost in it.
/// </remarks>
public sealed class FileEventLog : IFleetEventLog, IDisposable
{
    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly FileStream _held;
    private readonly FileStream _file;

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">The file; the whole lines in it stay.</param>
    /// <exception cref="IOException">Another has it, or it cannot be made.</exception>
    public FileEventLog(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // Not the file itself: who may not write beside another may not read beside one either.
        _held = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            _file = new FileStream(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            _file.SetLength(EndOfLines());
            _file.Seek(0, SeekOrigin.End);
        }
        catch
        {
            _file?.Dispose();
            _held.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Append(IReadOnlyList<FleetEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (events.Count == 0)
        {
            return;
        }

        lock (_lock)
        {
            _lines.ResetWrittenCount();
            foreach (FleetEvent each in events)
            {
                FleetEventWriter.Write(_lines, each);
            }

            long end = _file.Position;
            try
            {
                _file.Write(_lines.WrittenSpan);
            }
            catch (IOException)
            {
                // The disk may be full in the middle of a line.
                _file.SetLength(end);
                _file.Seek(0, SeekOrigin.End);
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _held.Dispose();
    }

    private long EndOfLines()
    {
        byte[] block = new byte[4096];
        long end = _file.Length;
        while (end > 0)
        {
            long start = Math.Max(0, end - block.Length);
            Span<byte> read = block.AsSpan(0, (int)(end - start));
            _file.Position = start;
            _file.ReadExactly(read);
            int last = read.LastIndexOf((byte)'\n');
            if (last >= 0)
            {
                return start + last + 1;
            }

            end = start;
        }

        return 0;
    }
}
