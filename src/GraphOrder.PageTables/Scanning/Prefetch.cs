using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace GraphOrder.PageTables;

/// <summary>Asks for memory before it is needed; does nothing where the processor cannot be asked.</summary>
internal static unsafe class Prefetch
{
    /// <summary>What to ask for: the words that come next, or these again where nothing does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref ulong First(ReadOnlySpan<ulong> table, ReadOnlySpan<ulong> next) =>
        ref MemoryMarshal.GetReference(next.Length == table.Length ? next : table);

    /// <summary>
    /// Asks for the cache line of a word. An object that moves meanwhile makes the hint useless and nothing
    /// worse.
    /// </summary>
    /// <param name="first">Where counting begins.</param>
    /// <param name="index">The word.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line(ref ulong first, nuint index)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, index)));
        }
    }
}
