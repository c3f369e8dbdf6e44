using System.CommandLine;
using GraphOrder.PageTables;

namespace GraphOrder.Cli;

/// <summary>How the commands that know page tables are told of a format.</summary>
internal static class FormatArguments
{
    private static readonly string[] Granules = ["4K", "16K", "64K"];

    public static Option<string?> Table() => new("--table")
    {
        Description = "The format of the table. One of:\n" + string.Join(
            "\n", Names().Select(name => $"{name}: {Titles(name)}")),
        HelpName = "FORMAT",
    };

    public static Option<string?> Granule() => new("--granule")
    {
        Description = "The granule of an Arm table. Default: 4K.",
        HelpName = "4K|16K|64K",
    };

    public static Option<int?> TopLevel() => new("--top-level")
    {
        Description = "Level of the root; level 0 holds only leaves, so 4 levels are --top-level 3.",
        HelpName = "N",
    };

    /// <summary>The format of a name and granule.</summary>
    /// <exception cref="ToolException">There is none.</exception>
    public static PageTableFormat Find(string name, string? granule)
    {
        if (!PageTableFormats.TryFind(name, null, out PageTableFormat? format))
        {
            throw UsageErrors.WrongValue("--table", Printable.Of(name), Names());
        }

        if (granule is null)
        {
            return format;
        }

        if (Array.IndexOf(Granules, granule) < 0)
        {
            throw UsageErrors.WrongValue("--granule", Printable.Of(granule), Granules);
        }

        return PageTableFormats.TryFind(name, granule, out PageTableFormat? found)
            ? found
            : throw ToolException.Usage($"--granule is for Arm tables; '{name}' has 4K only. Leave it out.");
    }

    /// <summary>The level of a root, where the format leaves a choice.</summary>
    /// <exception cref="ToolException">It is missing, or the format has no such root.</exception>
    public static int Level(PageTableFormat format, int? level)
    {
        string name = format.Description.Name;
        int least = 0;
        while (!format.Allows(least))
        {
            least++;
        }

        int most = least;
        while (format.Allows(most + 1))
        {
            most++;
        }

        string allowed = least == most ? $"{least}" : $"{least} to {most}";
        int chosen = level ?? format.OnlyTopLevel ?? throw ToolException.Usage(
            $"--table {name} needs --top-level too: {allowed}.");
        return format.Allows(chosen)
            ? chosen
            : throw ToolException.Usage(
                $"--top-level cannot be {chosen}: the root of {name} has level {allowed}.");
    }

    /// <summary>The format that a set names, with the granule that is given.</summary>
    /// <exception cref="ToolException">It has no such granule.</exception>
    public static PageTableFormat Find(WalkSet set, PageTableFacts told, string? granule) =>
        granule is not null ? Find(told.Format, granule)
            : PageTableFormats.TryFind(told.Format, told.Granule, out PageTableFormat? format) ? format
            : throw new ToolException(
                ExitCodes.Refused,
                $"{set.SetName} names the granule {told.Granule} for '{set.DomainName}', and the format "
                + $"{told.Format} has no granules. Give --table, or mend the set.");

    /// <summary>The level that a set names.</summary>
    /// <exception cref="ToolException">The format has no such root.</exception>
    public static int Level(WalkSet set, PageTableFacts told, PageTableFormat format) =>
        format.Allows(told.TopLevel)
            ? told.TopLevel
            : throw new ToolException(
                ExitCodes.Refused,
                $"{set.SetName} names the top level {told.TopLevel} for '{set.DomainName}', and the format "
                + $"{format.Description.Name} has no such root. Give --top-level.");

    public static string[] Names()
    {
        List<string> names = [];
        foreach (PageTableFormat format in PageTableFormats.All)
        {
            if (!names.Contains(format.Description.Name))
            {
                names.Add(format.Description.Name);
            }
        }

        return [.. names];
    }

    private static string Titles(string name) =>
        PageTableFormats.TryFind(name, null, out PageTableFormat? format)
            ? format.Description.Help.Replace(", granule 4K", ", with --granule", StringComparison.Ordinal)
            : "";
}
