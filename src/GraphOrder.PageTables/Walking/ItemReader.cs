using System.Runtime.CompilerServices;

namespace GraphOrder.PageTables;

/// <summary>
/// Reads the items of a table with all that a walk knows: the word itself, its group, the access that the
/// tables above leave, and the facts of the platform. Mutable only in the attributes of the first leaf.
/// </summary>
internal sealed class ItemReader<TFormat>(WalkRules<TFormat> rules) where TFormat : struct, IPageTableFormat
{
    // The shortest address field of any format is bits 47:12 (Arm); a row that leaves it is read word by
    // word.
    private const int FieldBits = 48;

    private ulong? _attributes;

    /// <summary>
    /// The attributes of the first leaf, which all others should have; null before there is one.
    /// </summary>
    public ulong? FirstAttributes
    {
        get => _attributes;
        init => _attributes = value;
    }

    /// <summary>Reads the item at an index.</summary>
    /// <param name="table">The items of the table.</param>
    /// <param name="index">The index.</param>
    /// <param name="level">The table's level.</param>
    /// <param name="iova">The item's first input address, before sign extension.</param>
    /// <param name="above">What the tables above leave.</param>
    /// <param name="isBeyond">Whether no input address reaches the item.</param>
    /// <param name="groups">The groups of the table.</param>
    public TableItem Read(
        ReadOnlySpan<ulong> table, int index, int level, ulong iova, PageAccess above, bool isBeyond,
        ref ItemGroups<TFormat> groups)
    {
        EntryReading reading = TFormat.Read(table[index], level, rules.Entry);
        EntryKind kind = reading.Kind;
        uint errors = (uint)reading.Errors;
        uint warnings = (uint)reading.Warnings;
        bool isThere = kind is not (EntryKind.Empty or EntryKind.NotPresent);
        if (isThere && (isBeyond || iova > rules.LastIova))
        {
            return Nothing(reading, Bit(PageTableFaultKind.NonCanonicalOrBeyondWidth), 0);
        }

        if (kind == EntryKind.Table)
        {
            return ReadTable(table[index], reading, above);
        }

        if (kind != EntryKind.Leaf)
        {
            return Nothing(reading, errors, warnings);
        }

        // The size is judged as it is claimed, the address as it is reached.
        errors |= SizeFaults(reading.SizeLg2);
        bool isGrouped = reading.GroupLg2 != 0;
        int faultIndex = groups.Check(
            table, index, level, ref reading, rules.Entry, out PageTableFaultKind fault);
        ulong attributes = TFormat.Attributes(table[index], level);
        _attributes ??= attributes;
        warnings |= attributes != _attributes ? Bit(PageTableFaultKind.CoherencyAttributeMixed) : 0;
        errors |= AddressFaults(reading) | EncryptionFaults(table[index], reading);
        PageAccess access = reading.Access & above;
        warnings |= access == PageAccess.None ? Bit(PageTableFaultKind.NoPermissionLeaf) : 0;
        return new()
        {
            Kind = access == PageAccess.None ? EntryKind.NotPresent : EntryKind.Leaf,
            Physical = reading.Physical,
            SizeLg2 = reading.SizeLg2,
            Count = TFormat.Groups == GroupKind.Replicated ? 1 << reading.GroupLg2 : 1,
            IsGrouped = isGrouped,
            Access = access,
            Attributes = attributes,
            Errors = errors,
            Warnings = warnings,
            GroupFault = fault,
            GroupFaultIndex = faultIndex,
            Hardware = reading.Kind,
            Kernel = reading.KernelKind,
        };
    }

    /// <summary>Reads an item for the table that it points to, and for nothing else.</summary>
    /// <param name="word">The item.</param>
    /// <param name="level">The level of its table, at least 1.</param>
    /// <param name="iova">The item's first input address, before sign extension.</param>
    /// <param name="isBeyond">Whether no input address reaches the item.</param>
    /// <param name="physical">The table.</param>
    /// <param name="isTable">Whether the word is the address of a table, followed or not.</param>
    /// <returns>Whether a walk follows it: the same answer as <see cref="Read"/> gives.</returns>
    public bool TryReadTable(
        ulong word, int level, ulong iova, bool isBeyond, out ulong physical, out bool isTable)
    {
        EntryReading reading = TFormat.Read(word, level, rules.Entry);
        physical = reading.Physical;
        isTable = reading.Kind == EntryKind.Table;
        return isTable && !isBeyond && iova <= rules.LastIova
            && (physical & rules.WideMask) == 0;
    }

    /// <summary>
    /// Whether the words that go on from a sound leaf are sound too. All their bits are the same but those of
    /// the address, so only what the address can do is asked: carry out of its field, or leave what is
    /// allowed.
    /// </summary>
    /// <param name="physical">Output address of the first byte.</param>
    /// <param name="iova">The first input address, before sign extension.</param>
    /// <param name="bytes">Bytes of all of them.</param>
    public bool IsRowSound(ulong physical, ulong iova, ulong bytes)
    {
        ulong lastIova = iova + (bytes - 1);
        ulong last = physical + (bytes - 1);
        ulong fixedBits = ~Levels.LowMask(FieldBits) | rules.Entry.EncryptionMask;

        // Whatever is above the lowest of them may have carried through it.
        fixedBits |= unchecked(0 - fixedBits);
        return ((physical ^ last) & fixedBits) == 0 && (last & rules.WideMask) == 0
            && lastIova <= rules.LastIova && rules.Facts.Mmio is null;
    }

    private static uint Bit(PageTableFaultKind kind) => 1u << kind.Index();

    private static TableItem Nothing(in EntryReading reading, uint errors, uint warnings) => new()
    {
        Kind = reading.Kind == EntryKind.Empty ? EntryKind.Empty : EntryKind.NotPresent,
        Count = 1,
        Errors = errors,
        Warnings = warnings,
        Hardware = reading.Kind,
        Kernel = reading.KernelKind,
    };

    private TableItem ReadTable(ulong word, in EntryReading reading, PageAccess above)
    {
        uint errors = (uint)reading.Errors;
        bool isWide = (reading.Physical & rules.WideMask) != 0;
        errors |= isWide ? Bit(PageTableFaultKind.AddressWiderThanPlatform) : 0;
        bool isPlain = rules.Entry.EncryptionMask != 0 && (word & rules.Entry.EncryptionMask) == 0;
        errors |= isPlain ? Bit(PageTableFaultKind.EncryptionBitMismatch) : 0;

        // A table at an address that the platform does not have is nowhere.
        return new()
        {
            Kind = isWide ? EntryKind.NotPresent : EntryKind.Table,
            Physical = reading.Physical,
            Count = 1,
            Access = reading.Access & above,
            Errors = errors,
            Warnings = (uint)reading.Warnings,
            Hardware = reading.Kind,
            Kernel = reading.KernelKind,
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint SizeFaults(int sizeLg2)
    {
        bool isUnknown = rules.Facts.PageSizes is { } sizes && ((sizes >> sizeLg2) & 1) == 0;
        return isUnknown ? Bit(PageTableFaultKind.PageSizeNotAdvertised) : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint AddressFaults(in EntryReading reading)
    {
        ulong last = reading.Physical | Levels.LowMask(reading.SizeLg2);
        return (last & rules.WideMask) != 0 ? Bit(PageTableFaultKind.AddressWiderThanPlatform) : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint EncryptionFaults(ulong word, in EntryReading reading)
    {
        ulong mask = rules.Entry.EncryptionMask;
        if (mask == 0)
        {
            return 0;
        }

        PhysicalRange range = new(reading.Physical, reading.Physical | Levels.LowMask(reading.SizeLg2));
        bool isDevice = rules.Facts.Mmio?.TryFindOverlap(range, out _) == true;
        bool isEncrypted = (word & mask) != 0;
        return isDevice == isEncrypted ? Bit(PageTableFaultKind.EncryptionBitMismatch) : 0;
    }
}
