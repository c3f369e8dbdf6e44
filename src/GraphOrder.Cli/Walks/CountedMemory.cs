using GraphOrder.PageTables;

namespace GraphOrder.Cli;

/// <summary>Memory that counts what is read from it.</summary>
/// <typeparam name="TMemory">The memory.</typeparam>
internal struct CountedMemory<TMemory>(TMemory memory, WalkProgress progress) : IPhysicalMemory
    where TMemory : struct, IPhysicalMemory
{
    // Remembers where it found something last, so it is never copied.
    private TMemory _memory = memory;

    /// <inheritdoc/>
    public bool Contains(ulong physical, ulong bytes) => _memory.Contains(physical, bytes);

    /// <inheritdoc/>
    public bool TryLend(ulong physical, int count, out ReadOnlySpan<ulong> words)
    {
        ref TMemory found = ref _memory;
        return found.TryLend(physical, count, out words);
    }

    /// <inheritdoc/>
    public bool TryRead(ulong physical, Span<ulong> buffer, out ReadOnlySpan<ulong> words)
    {
        progress.Add(buffer.Length * sizeof(ulong));
        ref TMemory found = ref _memory;
        return found.TryRead(physical, buffer, out words);
    }
}
