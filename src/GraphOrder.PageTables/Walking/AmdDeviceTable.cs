using System.Diagnostics.CodeAnalysis;

namespace GraphOrder.PageTables;

/// <summary>
/// Follows AMD's device table to a device's table. AMD I/O virtualization technology specification (48882),
/// section 2.2.2 (device-table entry) and 2.2.2.1 (guest CR3 table); as Linux reads them:
/// drivers/iommu/amd/amd_iommu_types.h of 7.3. Thread-safe.
/// </summary>
public static class AmdDeviceTable
{
    private const int EntryBytes = 32;
    private const ulong Valid = 1;
    private const ulong TranslationValid = 2;
    private const ulong GuestValid = 1UL << 55;
    private const ulong Address = 0x000F_FFFF_FFFF_F000;

    /// <summary>Finds the table of a device.</summary>
    /// <param name="memory">The image.</param>
    /// <param name="table">Physical address of the device table.</param>
    /// <param name="device">The device; its segment is not looked at.</param>
    /// <param name="encryptionMask">The C-bit as a mask; 0 where memory is not encrypted.</param>
    /// <param name="root">The root: the host's where there is one, else the guest's for PASID 0.</param>
    /// <param name="flaw">Why there is none.</param>
    public static bool TryFind<TMemory>(
        TMemory memory, ulong table, DeviceAddress device, ulong encryptionMask,
        [NotNullWhen(true)] out PageTableRoot? root, out RootFlaw flaw)
        where TMemory : IPhysicalMemory
    {
        root = null;
        flaw = RootFlaw.OutsideImage;
        ulong offset = (ulong)device.RequesterId * EntryBytes;
        return table <= ulong.MaxValue - offset
            && memory.TryRead(table + offset, new ulong[4], out ReadOnlySpan<ulong> entry)
            && TryRead(memory, entry, encryptionMask, out root, out flaw);
    }

    /// <summary>Reads a device-table entry that is at hand.</summary>
    /// <param name="memory">The image, for a guest's CR3 table.</param>
    /// <param name="entry">Its four words.</param>
    /// <param name="encryptionMask">The C-bit as a mask; 0 where memory is not encrypted.</param>
    /// <param name="root">The root.</param>
    /// <param name="flaw">Why there is none.</param>
    /// <exception cref="ArgumentException">There are not four words.</exception>
    public static bool TryRead<TMemory>(
        TMemory memory, ReadOnlySpan<ulong> entry, ulong encryptionMask,
        [NotNullWhen(true)] out PageTableRoot? root, out RootFlaw flaw)
        where TMemory : IPhysicalMemory
    {
        if (entry.Length != 4)
        {
            throw new ArgumentException("A device-table entry has four words.", nameof(entry));
        }

        root = null;
        flaw = RootFlaw.NotPresent;
        ulong word = entry[0];
        if ((word & Valid) == 0 || (word & TranslationValid) == 0)
        {
            // Without V every request passes; with V and without TV none is translated.
            flaw = (word & Valid) == 0 ? RootFlaw.PassThrough : RootFlaw.NotPresent;
            return false;
        }

        int mode = (int)((word >> 9) & 7);
        int domain = (int)(entry[1] & 0xFFFF);
        PageAccess access = (PageAccess)((word >> 61) & 3) | PageAccess.Execute;
        if (mode is >= 1 and <= 6)
        {
            flaw = RootFlaw.None;
            root = new(
                new PageTableFormatOf<AmdV1>(), word & Address & ~encryptionMask, mode - 1, domain, access,
                null,
                false);
            return true;
        }

        if (mode == 7 || (word & GuestValid) == 0)
        {
            flaw = mode == 7 ? RootFlaw.Unsupported : RootFlaw.PassThrough;
            return false;
        }

        return TryReadGuest(ref memory, entry, encryptionMask, access, out root, out flaw);
    }

    // The guest CR3 table of PASID 0: its first entry, under up to two directories.
    private static bool TryReadGuest<TMemory>(
        ref TMemory memory, ReadOnlySpan<ulong> entry, ulong encryptionMask, PageAccess access,
        [NotNullWhen(true)] out PageTableRoot? root, out RootFlaw flaw)
        where TMemory : IPhysicalMemory
    {
        root = null;
        flaw = RootFlaw.Unsupported;
        int directories = (int)((entry[0] >> 56) & 3);
        int mode = (int)((entry[2] >> 54) & 3);
        if (directories == 3 || mode > 1)
        {
            return false;
        }

        ulong table = (((entry[0] >> 58) & 7) << 12)
            | (((entry[1] >> 16) & 0xFFFF) << 15)
            | ((entry[1] >> 43) << 31);
        ulong word = table;
        for (int level = directories; level >= 0; level--)
        {
            if (!memory.TryRead(
                word & Address & ~encryptionMask, new ulong[1], out ReadOnlySpan<ulong> words))
            {
                flaw = RootFlaw.OutsideImage;
                return false;
            }

            word = words[0];
            if ((word & 1) == 0)
            {
                flaw = RootFlaw.NotPresent;
                return false;
            }
        }

        flaw = RootFlaw.None;
        root = new(
            new PageTableFormatOf<X86FirstStage>(), word & Address & ~encryptionMask, 3 + mode,
            (int)(entry[1] & 0xFFFF), access, mode == 0 ? 47 : 56, false);
        return true;
    }
}
