using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace GraphOrder;

/// <summary>
/// Asks the processor for memory that an order will touch soon; does nothing where it cannot be asked. No
/// answer hangs on it.
/// </summary>
internal static unsafe class OrderingPrefetch
{
    private const int RowAhead = 4;
    private const int BeginAhead = 4 * RowAhead;
    private const int TouchedMax = 8;

    /// <summary>
    /// Asks for what the next vertices of a queue will touch. Reads no further than the queue.
    /// </summary>
    /// <param name="begins">Where the row of each vertex begins.</param>
    /// <param name="thens">The rows.</param>
    /// <param name="cells">One for each vertex.</param>
    /// <param name="queue">Vertices, the next one first.</param>
    /// <param name="queued">How many.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(int* begins, int* thens, int* cells, int* queue, int queued)
    {
        if (!Sse.IsSupported || queued <= BeginAhead)
        {
            return;
        }

        unchecked
        {
            Sse.Prefetch0(begins + queue[BeginAhead]);
            Sse.Prefetch0(thens + begins[queue[2 * RowAhead]]);
            int soon = queue[RowAhead];
            int behind = Math.Min(begins[soon + 1], begins[soon] + TouchedMax);
            for (int i = begins[soon]; i < behind; i++)
            {
                Sse.Prefetch0(cells + thens[i]);
            }
        }
    }
}
