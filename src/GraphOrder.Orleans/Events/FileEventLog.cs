using System.Buffers;

namespace GraphOrder.Orleans;

/// <summary>A file of events, a line each, that only grows. Thread-safe.</summary>
/// <param name="path">The file; what is in it stays.</param>
public sealed class FileEventLog(string path) : IFleetEventLog, IDisposable
{
    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly FileStream _file = new(
        path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);

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
}
