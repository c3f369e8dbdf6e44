using System.Buffers;

namespace GraphOrder.Orleans;

/// <summary>
/// A file of events, a line each, that only grows. One process may write it at a time; thread-safe in it.
/// </summary>
/// <param name="path">The file; what is in it stays, but for a last line that has no end.</param>
public sealed class FileEventLog(string path) : IFleetEventLog, IDisposable
{
    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly FileStream _file = Open(path);

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

            _file.Write(_lines.WrittenSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // A line that its process was killed over goes: its grain logs it again.
    private static FileStream Open(string path)
    {
        FileStream file = new(
            path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        long end = file.Length;
        while (end > 0)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
            {
                break;
            }

            end--;
        }

        file.SetLength(end);
        file.Position = end;
        return file;
    }
}
