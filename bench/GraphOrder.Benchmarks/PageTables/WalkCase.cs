using System.Numerics;
using System.Runtime.InteropServices;
using GraphOrder.PageTables;

namespace GraphOrder.Benchmarks.PageTables;

/// <summary>One image and what is done with it.</summary>
internal sealed class WalkCase<TFormat> : IWalkCase where TFormat : struct, IPageTableFormat
{
    private const int PieceBytes = 1 << 20;

    private readonly MappedImage<TFormat> _image;
    private readonly ulong _sum;

    public WalkCase(MappedImage<TFormat> image)
    {
        _image = image;
        _sum = Sum();
    }

    public long Read() => Sum() == _sum ? _image.Tables.Pages : -1;

    public long NaiveWalk() => _image.WalkNaively();

    public long Walk() => _image.Walk();

    private ulong Sum()
    {
        Vector<ulong> sum = Vector<ulong>.Zero;
        ulong length = _image.Tables.Length;
        for (ulong at = 0; at < length; at += PieceBytes)
        {
            int count = (int)Math.Min(PieceBytes, length - at) / sizeof(ulong);
            _image.Tables.Memory.TryLend(at, count, out ReadOnlySpan<ulong> words);
            foreach (Vector<ulong> lanes in MemoryMarshal.Cast<ulong, Vector<ulong>>(words))
            {
                sum += lanes;
            }
        }

        return Vector.Sum(sum);
    }
}
