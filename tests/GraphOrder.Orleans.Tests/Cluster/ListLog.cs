using System.Buffers;

namespace GraphOrder.Orleans.Tests;

/// <summary>Events in memory.</summary>
internal sealed class ListLog : IFleetEventLog
{
    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _lines = new();

    /// <summary>The lines so far.</summary>
    public byte[] Lines
    {
        get
        {
            lock (_lock)
            {
                return _lines.WrittenSpan.ToArray();
            }
        }
    }

    public void Append(IReadOnlyList<FleetEvent> events)
    {
        lock (_lock)
        {
            foreach (FleetEvent each in events)
            {
                FleetEventWriter.Write(_lines, each);
            }
        }
    }
}
