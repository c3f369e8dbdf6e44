namespace GraphOrder.PageTables;

/// <summary>The facts of a walk, made ready for one format and one root. Immutable.</summary>
internal sealed class WalkRules<TFormat> where TFormat : struct, IPageTableFormat
{
    /// <summary>Makes the rules.</summary>
    /// <param name="topLevel">Level of the root.</param>
    /// <param name="facts">What is known.</param>
    public WalkRules(int topLevel, WalkFacts facts)
    {
        int item = Levels.ItemLg2<TFormat>(topLevel);
        int full = TFormat.HasExactRoot
            ? item + Levels.IndexBits<TFormat>() + 4
            : TFormat.InputBits(topLevel);
        int told = facts.InputBits
            ?? (facts.RootTables is { } tables ? item + Levels.IndexBits<TFormat>() + Log2(tables) : 0);
        int bits = told > 0 ? Math.Min(told, full) : TFormat.InputBits(topLevel);
        InputBits = bits;
        IsSignExtended = TFormat.IsSignExtended && bits == full;
        LastIova = Levels.LowMask(bits);
        ReachableRootItems = 1 << Math.Max(bits - item, 0);
        RootItems = TFormat.HasExactRoot ? Math.Max(ReachableRootItems, 8) : 1 << Levels.IndexBits<TFormat>();
        ReachableRootItems = Math.Min(ReachableRootItems, RootItems);
        Facts = facts;
        WideMask = facts.PhysicalBits is { } width ? ~Levels.LowMask(width) : 0;
        Entry = new()
        {
            EncryptionMask = TFormat.HasEncryptionBit && facts.EncryptionBit is { } bit ? 1UL << bit : 0,
            HasNoAccessUpdate = facts.UpdatesAccess == false,
            HasNoDirtyUpdate = facts.UpdatesDirty == false,
            HasNoSnoopControl = facts.HasSnoopControl == false,
            IsNestParent = facts.IsNestParent == true,
            ReservesSoftwareBits = facts.HasSvrsw60t59b == false,
            Has52BitAddresses = facts.PhysicalBits > 48,
        };
        KeepMask = KeepMaskOf(0);
    }

    /// <summary>What was told.</summary>
    public WalkFacts Facts { get; }

    /// <summary>What a format must know.</summary>
    public EntryFacts Entry { get; }

    /// <summary>Bits of an input address.</summary>
    public int InputBits { get; }

    /// <summary>Whether the upper half is written with all higher bits set.</summary>
    public bool IsSignExtended { get; }

    /// <summary>The last input address, before sign extension.</summary>
    public ulong LastIova { get; }

    /// <summary>Entries of the root.</summary>
    public int RootItems { get; }

    /// <summary>Entries of the root that some input address reaches.</summary>
    public int ReachableRootItems { get; }

    /// <summary>Address bits that the platform does not have; 0 where that is not known.</summary>
    public ulong WideMask { get; }

    /// <summary>
    /// The bits of a word that hardware does not change, and any that the facts make matter.
    /// </summary>
    public ulong KeepMask { get; }

    /// <summary>
    /// The bits of a leaf of a level that hardware does not change, or that the facts make matter.
    /// </summary>
    public ulong KeepMaskOf(int level) => Entry.HasNoAccessUpdate || Entry.HasNoDirtyUpdate
        ? ulong.MaxValue
        : ~TFormat.HardwareBits(level);

    /// <summary>An input address as it is written.</summary>
    public ulong Canonical(ulong iova)
    {
        bool isUpper = IsSignExtended && InputBits < 64 && (iova >> (InputBits - 1)) != 0;
        return isUpper ? iova | ~Levels.LowMask(InputBits) : iova;
    }

    /// <summary>The kinds that cannot be told without facts that are absent.</summary>
    public PageTableFaultKind[] NotChecked()
    {
        List<PageTableFaultKind> kinds = [];
        Add(Facts.PhysicalBits is null, PageTableFaultKind.AddressWiderThanPlatform);
        Add(
            Needs(EntryFaults.AccessFlagClear) && Facts.UpdatesAccess is null,
            PageTableFaultKind.AccessFlagClear);
        Add(
            Needs(EntryFaults.DirtyNotPreset) && Facts.UpdatesDirty is null,
            PageTableFaultKind.DirtyNotPreset);
        Add(
            TFormat.HasEncryptionBit && Facts.EncryptionBit is null,
            PageTableFaultKind.EncryptionBitMismatch);
        Add(Facts.PageSizes is null, PageTableFaultKind.PageSizeNotAdvertised);
        Add(Needs(EntryFaults.ReadOnlyUnderNestParent) && Facts.IsNestParent is null,
            PageTableFaultKind.ReadOnlyUnderNestParent);
        Add(Facts.Preserved is null, PageTableFaultKind.TableNotPreserved);
        Add(Facts.Scratch is null, PageTableFaultKind.TableOrLeafInScratch);
        Add(Facts.HardwareTopLevel is null, PageTableFaultKind.TopLevelMismatch);
        return [.. kinds];

        static bool Needs(EntryFaults fault) => (TFormat.NeedsFacts & fault) != 0;

        void Add(bool isAbsent, PageTableFaultKind kind)
        {
            if (isAbsent)
            {
                kinds.Add(kind);
            }
        }
    }

    private static int Log2(int tables) => System.Numerics.BitOperations.Log2((uint)tables);
}
