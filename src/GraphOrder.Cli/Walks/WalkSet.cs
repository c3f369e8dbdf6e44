using GraphOrder.Mappings;
using GraphOrder.PageTables;

namespace GraphOrder.Cli;

/// <summary>The set and the domain whose table is walked. Immutable.</summary>
/// <param name="Path">Where the set was read from.</param>
/// <param name="Set">The set.</param>
/// <param name="Domain">The domain.</param>
/// <param name="Owners">Whose memory is what.</param>
internal sealed record WalkSet(string Path, SessionSet Set, ObjectId Domain, OwnerWalk Owners)
{
    /// <summary>The domain's id, as it is printed.</summary>
    public string DomainName => Printable.Of(Set.NameOf(Domain));

    /// <summary>The set's name, as it is printed.</summary>
    public string SetName => Printable.Of(InputFile.NameOf(Path));

    /// <summary>What the set says of the domain's table; null where it says nothing.</summary>
    public PageTableFacts? Table => Set.Objects[Domain.Index].Facts.PageTable;

    /// <summary>Facts that were given, and those of the set where they were not.</summary>
    public WalkFacts Complete(WalkFacts given)
    {
        WalkFacts told = Owners.Facts;
        return given with
        {
            PhysicalBits = given.PhysicalBits ?? told.PhysicalBits,
            InputBits = given.InputBits ?? told.InputBits,
            RootTables = given.RootTables ?? told.RootTables,
            EncryptionBit = given.EncryptionBit ?? told.EncryptionBit,
            PageSizes = given.PageSizes ?? told.PageSizes,
            IsNestParent = given.IsNestParent ?? told.IsNestParent,
            Preserved = given.Preserved ?? told.Preserved,
            Scratch = given.Scratch ?? told.Scratch,
            Mmio = given.Mmio ?? told.Mmio,
        };
    }

    /// <summary>
    /// Says on standard error where the table that is walked is not the one that the set names: what the
    /// user gives counts, but the owners are then told of another table.
    /// </summary>
    public void TellOfOther(WalkRoot root)
    {
        if (Table is not { } table)
        {
            return;
        }

        FormatDescription format = root.Format.Description;
        List<string> others = [];
        Add("format", format.Name, table.Format);
        Add("granule", format.Granule, table.Granule ?? format.Granule);
        Add("top level", $"{root.TopLevel}", $"{table.TopLevel}");
        Add("root", NumberText.Hex(root.Top), NumberText.Hex(table.Root));
        if (others.Count > 0)
        {
            CommandConsole.Warn(
                $"Warning: what is walked is not the table that {SetName} names for '{DomainName}': "
                + $"{string.Join(", ", others)}.");
        }

        void Add(string what, string walked, string told)
        {
            if (walked != told)
            {
                others.Add($"{what} {walked}, not {Printable.Of(told)}");
            }
        }
    }
}
