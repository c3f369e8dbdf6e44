namespace GraphOrder.LiveUpdate;

/// <summary>A journal in memory, at one of whose writes the process is killed.</summary>
internal sealed class DyingStore(
    byte[] before, int dieAt = int.MaxValue, DeathMoment moment = DeathMoment.Never)
    : IJournalStore
{
    private readonly List<byte> _bytes = [.. before];

    /// <summary>How many writes there were.</summary>
    public int Writes { get; private set; }

    /// <summary>What is on disk.</summary>
    public byte[] Bytes => [.. _bytes];

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bool dies = Writes++ == dieAt;
        int count = !dies || moment == DeathMoment.AfterTheWrite ? bytes.Length
            : moment == DeathMoment.InTheWrite ? bytes.Length / 2
            : 0;
        _bytes.AddRange(bytes[..count]);
        if (dies)
        {
            throw new KilledException();
        }
    }

    public void Flush()
    {
    }
}

/// <summary>When the process is killed.</summary>
public enum DeathMoment
{
    Never,
    BeforeTheWrite,
    InTheWrite,
    AfterTheWrite,
}

/// <summary>kill -9.</summary>
internal sealed class KilledException : Exception
{
}
