using GraphOrder.PageTables;
using GraphOrder.PageTables.Tests;

namespace GraphOrder.Fuzz;

/// <summary>
/// An image of memory: opened, its roots looked up, its tables walked through reads and through the mapping,
/// which must tell the same.
/// </summary>
internal sealed class ImageTarget(string name, Func<IEnumerable<byte[]>> seeds) : FuzzTarget(name, 1 << 15)
{
    private static readonly WalkLimits Limits = new() { FaultMax = 100, TableMax = 1_000 };

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() => seeds();

    /// <inheritdoc/>
    protected override void Call(ReadOnlySpan<byte> input)
    {
        string path = ScratchFile.Of(input);
        ImageOptions options = new() { Map = true };
        bool isOpen = PhysicalImage.TryOpen(path, options, out PhysicalImage? image, out ImageFlaw flaw);
        Demand(isOpen == (flaw == ImageFlaw.None), $"open {isOpen}, flaw {flaw}");
        if (!isOpen)
        {
            return;
        }

        using PhysicalImage held = image!;
        ulong first = held.Segments.IsEmpty ? 0 : held.Segments[0].First;
        ulong root = (held.Word is { } word ? word : first) & ((1UL << 52) - 1) & ~0xFFFUL;
        FindRoots(held, held.Word ?? first);
        Walk<VtdSecondStage>(held, root);
        Walk<AmdV1>(held, first & ((1UL << 52) - 1) & ~0xFFFUL);
    }

    private static void FindRoots(PhysicalImage image, ulong word)
    {
        DeviceAddress device = new(0, 0, 8);
        _ = VtdRoots.TryFind(image.Memory, word, device, null, out _, out _);
        _ = VtdRoots.TryFind(image.Memory, word, device, 0xFFFFF, out _, out _);
        _ = AmdDeviceTable.TryRead(image.Memory, [word, 0, 0, 0], 0, out _, out _);
        _ = AmdDeviceTable.TryFind(image.Memory, word, device, 0, out _, out _);
    }

    private static void Walk<TFormat>(PhysicalImage image, ulong root)
        where TFormat : struct, IPageTableFormat
    {
        RecordingSink read = new();
        RecordingSink mapped = new();
        WalkSummary one = PageTableWalker.Walk<TFormat, FileMemory, RecordingSink>(
            root, 3, image.Memory, ref read, Limits, CancellationToken.None);
        WalkSummary other = PageTableWalker.Walk<TFormat, MappedMemory, RecordingSink>(
            root, 3, image.Mapped, ref mapped, Limits, CancellationToken.None);
        WalkComparison.Demand(read, one, mapped, other);
        Demand(one.Tables <= Limits.TableMax, $"{one.Tables} tables were walked");
    }
}
