using System.CommandLine;
using GraphOrder.PageTables;

namespace GraphOrder.Cli;

/// <summary>What <c>walk</c> is told of the platform: what is left out is not checked.</summary>
internal sealed class FactOptions
{
    private readonly Option<int?> _physicalBits = Number(
        "--physical-bits", "Bits of a physical address of the platform.");

    private readonly Option<int?> _inputBits = Number(
        "--input-bits", "Bits of an input address. Default: what the root's level gives.");

    private readonly Option<int?> _rootTables = Number(
        "--root-tables", "Tables of the root side by side: 1, 2, 4, 8 or 16 (Arm).");

    private readonly Option<int?> _hardwareLevel = Number(
        "--hardware-level", "The root's level as hardware is given it.");

    private readonly Option<int?> _encryptionBit = Number(
        "--encryption-bit", "The bit that marks encrypted memory (AMD SME), 12 to 51.");

    private readonly Option<string?> _pageSizes = new("--page-sizes")
    {
        Description = "The sizes of leaf that hardware has: 4K,2M,1G.",
        HelpName = "LIST",
    };

    private readonly Option<string?> _updatesAccess = YesNo(
        "--updates-access", "Whether hardware sets access flags.");

    private readonly Option<string?> _updatesDirty = YesNo(
        "--updates-dirty", "Whether hardware sets dirty flags.");

    private readonly Option<string?> _snoopControl = YesNo(
        "--snoop-control", "Whether VT-d hardware has snoop control.");

    private readonly Option<string?> _softwareBits = YesNo(
        "--svrsw60t59b", "Whether RISC-V hardware leaves bits 60:59 to software.");

    private readonly Option<string?> _nestParent = YesNo(
        "--nest-parent", "Whether nested domains stand on this one.");

    private readonly Option<string[]> _preserved = Ranges("--preserved", "Memory that is preserved.");
    private readonly Option<string[]> _scratch = Ranges(
        "--scratch", "Memory that the next kernel boots in.");

    private readonly Option<string[]> _mmio = Ranges("--mmio", "Memory of devices, which is not encrypted.");

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All =>
    [
        _physicalBits, _inputBits, _rootTables, _hardwareLevel, _encryptionBit, _pageSizes, _updatesAccess,
        _updatesDirty, _snoopControl, _softwareBits, _nestParent, _preserved, _scratch, _mmio,
    ];

    /// <summary>The option that tells the fact without which a kind is not checked.</summary>
    public static string OptionOf(PageTableFaultKind kind) => kind switch
    {
        PageTableFaultKind.AddressWiderThanPlatform => "--physical-bits",
        PageTableFaultKind.AccessFlagClear => "--updates-access",
        PageTableFaultKind.DirtyNotPreset => "--updates-dirty",
        PageTableFaultKind.EncryptionBitMismatch => "--encryption-bit",
        PageTableFaultKind.PageSizeNotAdvertised => "--page-sizes",
        PageTableFaultKind.ReadOnlyUnderNestParent => "--nest-parent",
        PageTableFaultKind.TableNotPreserved => "--preserved",
        PageTableFaultKind.TableOrLeafInScratch => "--scratch",
        PageTableFaultKind.TopLevelMismatch => "--hardware-level",
        _ => throw new System.Diagnostics.UnreachableException($"{kind} needs no fact."),
    };

    /// <summary>Reads them.</summary>
    /// <exception cref="ToolException">One of them cannot be.</exception>
    public WalkFacts Read(ParseResult parsed) => new()
    {
        PhysicalBits = InRange(parsed, _physicalBits, 12, 64),
        InputBits = InRange(parsed, _inputBits, 12, 64),
        RootTables = PowerOfTwo(InRange(parsed, _rootTables, 1, 16)),
        HardwareTopLevel = InRange(parsed, _hardwareLevel, 0, 5),
        EncryptionBit = InRange(parsed, _encryptionBit, 12, 51),
        PageSizes = Sizes(parsed.GetValue(_pageSizes)),
        UpdatesAccess = IsYes(parsed, _updatesAccess),
        UpdatesDirty = IsYes(parsed, _updatesDirty),
        HasSnoopControl = IsYes(parsed, _snoopControl),
        HasSvrsw60t59b = IsYes(parsed, _softwareBits),
        IsNestParent = IsYes(parsed, _nestParent),
        Preserved = Set(parsed, _preserved),
        Scratch = Set(parsed, _scratch),
        Mmio = Set(parsed, _mmio),
    };

    /// <summary>A number that must lie in a range where it is given.</summary>
    /// <exception cref="ToolException">It does not.</exception>
    public static int? InRange(ParseResult parsed, Option<int?> option, int least, int most) =>
        parsed.GetValue(option) is { } value && (value < least || value > most)
            ? throw ToolException.Usage(
                $"{option.Name} must lie between {least} and {most}; it is {value}.")
            : parsed.GetValue(option);

    private static Option<int?> Number(string name, string description) =>
        new(name) { Description = description, HelpName = "N" };

    private static Option<string?> YesNo(string name, string description) =>
        new(name) { Description = description, HelpName = "yes|no" };

    private static Option<string[]> Ranges(string name, string description) => new(name)
    {
        Description = description + " First and last byte; may be given several times.",
        HelpName = "FIRST-LAST",
        DefaultValueFactory = _ => [],
    };

    private static bool? IsYes(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) switch
    {
        null => null,
        "yes" => true,
        "no" => false,
        { } other => throw UsageErrors.WrongValue(option.Name, Printable.Of(other), ["yes", "no"]),
    };

    private static int? PowerOfTwo(int? count) => count is null || int.IsPow2(count.Value)
        ? count
        : throw ToolException.Usage($"--root-tables must be a power of two; it is {count}.");

    private static ulong? Sizes(string? list)
    {
        if (list is null)
        {
            return null;
        }

        ulong sizes = 0;
        foreach (string text in list.Split(','))
        {
            ulong size = NumberText.Size("--page-sizes", text);
            sizes |= ulong.IsPow2(size)
                ? size
                : throw ToolException.Usage(
                    $"--page-sizes cannot have '{Printable.Of(text)}': a page size is a power of two.");
        }

        return sizes;
    }

    private static PhysicalRangeSet? Set(ParseResult parsed, Option<string[]> option)
    {
        string[] texts = parsed.GetValue(option)!;
        return texts.Length == 0
            ? null
            : new PhysicalRangeSet([.. texts.Select(text =>
            {
                (ulong first, ulong last) = NumberText.Range(option.Name, text);
                return new PageTables.PhysicalRange(first, last);
            })]);
    }
}
