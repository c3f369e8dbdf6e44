using System.Diagnostics.CodeAnalysis;

namespace GraphOrder.PageTables;

/// <summary>
/// Follows VT-d from RTADDR to a device's table. VT-d architecture specification rev. 4.1, sections 9.1 to
/// 9.6 (root, context, scalable-mode context, PASID directory and PASID table entries) and 11.4.5 (RTADDR:
/// the mode stands in bits 11:10); as Linux reads them: drivers/iommu/intel/{iommu,pasid}.h of 7.3.
/// Thread-safe.
/// </summary>
public static class VtdRoots
{
    private const ulong Present = 1;
    private const ulong Address = 0xFFFF_FFFF_FFFF_F000;

    /// <summary>Finds the table of a device.</summary>
    /// <param name="memory">The image.</param>
    /// <param name="rtaddr">The register RTADDR, mode bits and all.</param>
    /// <param name="device">The device; its segment is not looked at.</param>
    /// <param name="pasid">A PASID; null is that of requests without one. Legacy mode has none.</param>
    /// <param name="root">The root.</param>
    /// <param name="flaw">Why there is none.</param>
    public static bool TryFind<TMemory>(
        TMemory memory, ulong rtaddr, DeviceAddress device, int? pasid,
        [NotNullWhen(true)] out PageTableRoot? root, out RootFlaw flaw)
        where TMemory : IPhysicalMemory
    {
        root = null;
        flaw = RootFlaw.Unsupported;
        int mode = (int)((rtaddr >> 10) & 3);
        if (mode > 1 || (mode == 0 && pasid is not null))
        {
            return false;
        }

        // A root entry has two words; in scalable mode the second is for devices 16 to 31.
        ulong[] words = new ulong[8];
        ulong entry = (rtaddr & Address) + (ulong)device.Bus * 16;
        bool isUpper = mode == 1 && device.Function >= 128;
        flaw = Read(ref memory, entry + (isUpper ? 8UL : 0), words.AsSpan(0, 1));
        if (flaw != RootFlaw.None)
        {
            return false;
        }

        ulong table = words[0] & Address;
        flaw = mode == 0
            ? Legacy(ref memory, table + (ulong)device.Function * 16, words, out root)
            : Scalable(ref memory, table + (ulong)(device.Function & 127) * 32, pasid, words, out root);
        return root is not null;
    }

    private static RootFlaw Legacy<TMemory>(
        ref TMemory memory, ulong context, ulong[] words, out PageTableRoot? root)
        where TMemory : IPhysicalMemory
    {
        root = null;
        RootFlaw flaw = Read(ref memory, context, words.AsSpan(0, 2));
        if (flaw != RootFlaw.None)
        {
            return flaw;
        }

        int type = (int)((words[0] >> 2) & 3);
        if (type > 1)
        {
            return type == 2 ? RootFlaw.PassThrough : RootFlaw.Unsupported;
        }

        return SecondStage(words[0], (int)(words[1] & 7), (int)((words[1] >> 8) & 0xFFFF), false, out root);
    }

    private static RootFlaw Scalable<TMemory>(
        ref TMemory memory, ulong context, int? pasid, ulong[] words, out PageTableRoot? root)
        where TMemory : IPhysicalMemory
    {
        root = null;
        RootFlaw flaw = Read(ref memory, context, words.AsSpan(0, 4));
        if (flaw != RootFlaw.None)
        {
            return flaw;
        }

        // The directory has 2 to the power of (size + 7) entries, each for 64 PASIDs.
        ulong number = pasid is { } told ? (uint)told : words[1] & 0xF_FFFF;
        int sizeLg2 = (int)((words[0] >> 9) & 7) + 7;
        if (number >> 6 >= 1UL << sizeLg2)
        {
            return RootFlaw.PasidOutOfRange;
        }

        // The one place that may lie beyond the last address: other tables have a page at most.
        ulong directory = words[0] & Address;
        ulong offset = (number >> 6) * 8;
        if (directory > ulong.MaxValue - offset)
        {
            return RootFlaw.OutsideImage;
        }

        flaw = Read(ref memory, directory + offset, words.AsSpan(0, 1));
        if (flaw != RootFlaw.None)
        {
            return flaw;
        }

        flaw = Read(ref memory, (words[0] & Address) + (number & 63) * 64, words);
        if (flaw != RootFlaw.None)
        {
            return flaw;
        }

        int domain = (int)(words[1] & 0xFFFF);
        int width = (int)((words[0] >> 2) & 7);
        return (int)((words[0] >> 6) & 7) switch
        {
            1 => FirstStage(words[2], domain, out root),
            2 => SecondStage(words[0], width, domain, false, out root),
            3 => SecondStage(words[0], width, domain, true, out root),
            4 => RootFlaw.PassThrough,
            _ => RootFlaw.Unsupported,
        };
    }

    private static RootFlaw SecondStage(
        ulong word, int width, int domain, bool isNestParent, out PageTableRoot? root)
    {
        bool isKnown = width is >= 1 and <= 3;
        root = isKnown
            ? new(
                new PageTableFormatOf<VtdSecondStage>(), word & Address, width + 1, domain, PageAccess.All,
                null,
                isNestParent)
            : null;
        return isKnown ? RootFlaw.None : RootFlaw.Unsupported;
    }

    private static RootFlaw FirstStage(ulong word, int domain, out PageTableRoot? root)
    {
        int mode = (int)((word >> 2) & 3);
        root = mode <= 1
            ? new(
                new PageTableFormatOf<X86FirstStage>(), word & Address, mode + 3, domain, PageAccess.All,
                null,
                false)
            : null;
        return mode <= 1 ? RootFlaw.None : RootFlaw.Unsupported;
    }

    private static RootFlaw Read<TMemory>(ref TMemory memory, ulong physical, Span<ulong> words)
        where TMemory : IPhysicalMemory
    {
        if (!memory.TryRead(physical, words, out ReadOnlySpan<ulong> found))
        {
            return RootFlaw.OutsideImage;
        }

        found.CopyTo(words);
        return (words[0] & Present) != 0 ? RootFlaw.None : RootFlaw.NotPresent;
    }
}
