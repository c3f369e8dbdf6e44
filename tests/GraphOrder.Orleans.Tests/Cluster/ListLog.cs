using System.Buffers;
using System.Diagnostics;

namespace GraphOrder.Orleans.Tests;

/// <summary>Events in memory, and when each came by a clock that only runs forward.</summary>
internal sealed class ListLog : IFleetEventLog
{
    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly List<(FleetEvent Event, long At)> _stamped = [];
    private int _appends;

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

    /// <summary>The events so far, each with its moment.</summary>
    public (FleetEvent Event, long At)[] Stamped
    {
        get
        {
            lock (_lock)
            {
                return [.. _stamped];
            }
        }
    }

    /// <summary>The how manieth time each it cannot be written; 0 for never.</summary>
    public int FailsEach { get; set; }

    public void Append(IReadOnlyList<FleetEvent> events)
    {
        lock (_lock)
        {
            if (events.Count > 0 && FailsEach > 0 && ++_appends % FailsEach == 0)
            {
                throw new IOException("The disk is full.");
            }

            foreach (FleetEvent each in events)
            {
                FleetEventWriter.Write(_lines, each);
                _stamped.Add((each, Stopwatch.GetTimestamp()));
            }
        }
    }
}
