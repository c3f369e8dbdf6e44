namespace GraphOrder.PageTables;

/// <summary>The pages of a <see cref="TableArena"/> as memory; lent, not copied.</summary>
public readonly struct ArenaMemory : IPhysicalMemory
{
    private readonly TableArena _arena;

    internal ArenaMemory(TableArena arena) => _arena = arena;

    /// <inheritdoc/>
    public bool Contains(ulong physical, ulong bytes)
    {
        ulong held = (ulong)_arena.PageCount << 12;
        return physical >= _arena.BaseAddress && physical - _arena.BaseAddress < held
            && bytes <= held - (physical - _arena.BaseAddress);
    }

    /// <inheritdoc/>
    public bool TryLend(ulong physical, int count, out ReadOnlySpan<ulong> words)
    {
        bool isHeld = Contains(physical, (ulong)count * sizeof(ulong));
        words = isHeld ? _arena.Words(physical, count) : default;
        return words.Length == count;
    }

    /// <inheritdoc/>
    public bool TryRead(ulong physical, Span<ulong> buffer, out ReadOnlySpan<ulong> words)
    {
        words = buffer;
        if (!Contains(physical, (ulong)buffer.Length * sizeof(ulong)))
        {
            return false;
        }

        if (TryLend(physical, buffer.Length, out ReadOnlySpan<ulong> lent))
        {
            words = lent;
            return true;
        }

        for (int i = 0; i < buffer.Length; i++)
        {
            buffer[i] = _arena.Word(physical + (ulong)i * sizeof(ulong));
        }

        return true;
    }
}
