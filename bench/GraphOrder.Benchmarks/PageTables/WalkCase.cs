using GraphOrder.PageTables;

namespace GraphOrder.Benchmarks.PageTables;

/// <summary>One image and what is done with it.</summary>
internal sealed class WalkCase<TFormat> : IWalkCase where TFormat : struct, IPageTableFormat
{
    private readonly MappedImage<TFormat> _image;
    private readonly ulong _sum;

    public WalkCase(MappedImage<TFormat> image)
    {
        _image = image;
        _sum = _image.Tables.Sum();
    }

    public long Read() => _image.Tables.Sum() == _sum ? _image.Tables.Pages : -1;

    public long NaiveWalk() => _image.WalkNaively();

    public long Walk() => _image.Walk();
}
