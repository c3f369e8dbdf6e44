using System.CommandLine;
using System.Numerics;
using GraphOrder.PageTables;

namespace GraphOrder.Cli;

/// <summary><c>generate table</c>: an image of page tables, for measurements and tests.</summary>
internal static class GenerateTableCommand
{
    private const ulong FolioBytes = 1 << 21;

    private static readonly string[] Fragmentations = ["one-run", "folios-2m", "runs-8", "single"];

    /// <summary>Makes the command.</summary>
    /// <param name="console">The run.</param>
    /// <param name="shape">The shape of a session set, which does not go with it; null for none.</param>
    public static Command Create(CommandConsole console, Argument<string>? shape)
    {
        Option<string?> table = FormatArguments.Table();
        Option<string?> granule = FormatArguments.Granule();
        Option<int?> topLevel = FormatArguments.TopLevel();
        topLevel.Description = "Level of the root. Default: the lowest that reaches.";
        Option<string?> size = new("--size")
        {
            Description = "Bytes that are mapped, from IOVA 0 on: 64G, 1T.",
            HelpName = "BYTES",
        };
        Option<string?> leaf = new("--leaf")
        {
            Description = "The size of every leaf. Default: 4K, or the granule.",
            HelpName = "4K|2M|1G",
        };
        Option<string> fragmentation = new("--fragmentation")
        {
            Description = "How the memory lies: in one run, in 2 MiB folios that are shuffled, in shuffled "
                + "runs of 8 leaves, or every leaf alone.",
            HelpName = string.Join('|', Fragmentations),
            DefaultValueFactory = _ => Fragmentations[0],
        };
        Option<ulong> seed = new("--seed")
        {
            Description = "What the shuffling is drawn from.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        Option<string?> output = new("--output")
        {
            Description = "The file; it is replaced as a whole or not at all.",
            HelpName = "FILE",
        };
        Command command = new(
            "table",
            "Writes a raw image of page tables, as large as wanted in little memory, and prints the command "
            + "that walks it.")
        {
            table, granule, topLevel, size, leaf, fragmentation, seed, output,
        };
        command.SetAction(parsed =>
        {
            if (shape is not null && parsed.GetResult(shape) is { Tokens.Count: > 0 } given)
            {
                throw ToolException.Usage(
                    $"'generate table' has no use for '{Printable.Of(given.Tokens[0].Value)}'. Leave it "
                    + "out.");
            }

            PageTableFormat format = FormatArguments.Find(
                Demand(parsed, table), parsed.GetValue(granule));
            ulong leafBytes = Leaf(parsed.GetValue(leaf) ?? format.Description.Granule);
            TableImageOptions options = new()
            {
                MappedBytes = NumberText.Size("--size", Demand(parsed, size)),
                LeafLg2 = BitOperations.Log2(leafBytes),
                RunBytes = Run(parsed.GetValue(fragmentation)!, leafBytes),
                Seed = parsed.GetValue(seed),
                TopLevel = parsed.GetValue(topLevel) is { } level
                    ? FormatArguments.Level(format, level)
                    : null,
            };
            new TableImageRequest(format, options, Demand(parsed, output), console.Cancellation).Write();
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Demand(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) ?? throw ToolException.Usage(
            $"'generate table' needs {option.Name} {option.HelpName}. See 'graph-order generate table "
            + "--help'.");

    private static ulong Leaf(string text)
    {
        ulong bytes = text.Length == 0 ? 4096 : NumberText.Size("--leaf", text);
        return ulong.IsPow2(bytes)
            ? bytes
            : throw ToolException.Usage($"--leaf must be a power of two; it is {bytes}.");
    }

    private static ulong Run(string fragmentation, ulong leaf) => fragmentation switch
    {
        "one-run" => 0,
        "folios-2m" => Math.Max(FolioBytes, leaf),
        "runs-8" => 8 * leaf,
        "single" => leaf,
        _ => throw UsageErrors.WrongValue("--fragmentation", Printable.Of(fragmentation), Fragmentations),
    };
}
