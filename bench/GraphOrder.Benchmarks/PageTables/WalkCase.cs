using System.Numerics;
using System.Runtime.InteropServices;
using GraphOrder.PageTables;

namespace GraphOrder.Benchmarks.PageTables;

/// <summary>One image and what is done with it.</summary>
internal sealed class WalkCase<TFormat> : IWalkCase where TFormat : struct, IPageTableFormat
{
    private readonly TableImage _image;
    private readonly WalkWorkspace _workspace = new();
    private readonly ulong _sum;

    public WalkCase(TableImage image)
    {
        _image = image;
        _sum = Sum();
    }

    public long Read() => Sum() == _sum ? _image.Pages : -1;

    public long NaiveWalk()
    {
        CountingSink sink = default;
        WalkSummary found = NaiveWalker.Walk<TFormat, CallerMemory, CountingSink>(
            _image.Top, _image.TopLevel, _image.Memory, ref sink, WalkFacts.Unknown, WalkLimits.Default,
            CancellationToken.None);
        return Pages(found, sink);
    }

    public long Walk()
    {
        CountingSink sink = default;
        WalkSummary found = PageTableWalker.Walk<TFormat, CallerMemory, CountingSink>(
            _image.Top, _image.TopLevel, _image.Memory, ref sink, WalkFacts.Unknown, WalkLimits.Default,
            _workspace, CancellationToken.None);
        return Pages(found, sink);
    }

    private long Pages(WalkSummary found, in CountingSink sink) =>
        sink.Runs == (ulong)_image.Runs ? found.LeafCount(TFormat.GranuleLg2) : -1;

    private ulong Sum()
    {
        ReadOnlySpan<Vector<ulong>> words = MemoryMarshal.Cast<byte, Vector<ulong>>(_image.Bytes);
        Vector<ulong> even = Vector<ulong>.Zero;
        Vector<ulong> odd = Vector<ulong>.Zero;
        for (int i = 0; i + 1 < words.Length; i += 2)
        {
            even += words[i];
            odd += words[i + 1];
        }

        return Vector.Sum(even + odd);
    }
}
