using GraphOrder.PageTables;

namespace GraphOrder.Cli;

/// <summary>Memory that counts what is read from it.</summary>
/// <typeparam name="TMemory">The memory.</typeparam>
internal struct CountedMemory<TMemory>(TMemory memory, WalkProgress progress) : IPhysicalMemory
    where TMemory : struct, IPhysicalMemory
{
    private TMemory _memory = memory;

    /// <inheritdoc/>
    public bool Contains(ulong physical, ulong bytes) => _memory.Contains(physical, bytes);

    /// <inheritdoc/>
    public bool TryRead(ulong physical, Span<ulong> buffer, out ReadOnlySpan<ulong> words)
    {
        progress.Add(buffer.Length * sizeof(ulong));
        return _memory.TryRead(physical, buffer, out words);
    }
}
