using System.CommandLine;
using System.Numerics;
using GraphOrder.PageTables;

namespace GraphOrder.Cli;

/// <summary>How commands that make page tables are told which.</summary>
internal sealed class TableShapeOptions
{
    private const ulong FolioBytes = 1 << 21;

    private static readonly string[] Fragmentations = ["one-run", "folios-2m", "runs-8", "single"];

    private readonly string _command;
    private readonly Option<string?> _table = FormatArguments.Table();
    private readonly Option<string?> _granule = FormatArguments.Granule();
    private readonly Option<int?> _topLevel = FormatArguments.TopLevel();
    private readonly Option<string?> _size = new("--size")
    {
        Description = "Bytes that are mapped, from IOVA 0 on: 64G, 1T.",
        HelpName = "BYTES",
    };

    private readonly Option<string?> _leaf = new("--leaf")
    {
        Description = "The size of every leaf. Default: 4K, or the granule.",
        HelpName = "4K|2M|1G",
    };

    private readonly Option<string> _fragmentation = new("--fragmentation")
    {
        Description = "How the memory lies: in one run, in 2 MiB folios that are shuffled, in shuffled "
            + "runs of 8 leaves, or every leaf alone.",
        HelpName = string.Join('|', Fragmentations),
        DefaultValueFactory = _ => Fragmentations[0],
    };

    private readonly Option<bool> _shuffle = new("--shuffle-tables")
    {
        Description = "Whether the tables themselves lie in another order than the addresses.",
    };

    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "What the shuffling is drawn from.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    /// <summary>Makes the options of a command.</summary>
    /// <param name="command">Its name, for what it says.</param>
    /// <param name="table">The format where none is named; null where one must be.</param>
    /// <param name="size">The size where none is named; null where one must be.</param>
    public TableShapeOptions(string command, string? table = null, string? size = null)
    {
        _command = command;
        _topLevel.Description = "Level of the root. Default: the lowest that reaches.";
        if (table is not null)
        {
            _table.DefaultValueFactory = _ => table;
        }

        if (size is not null)
        {
            _size.DefaultValueFactory = _ => size;
        }
    }

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])
            [_table, _granule, _topLevel, _size, _leaf, _fragmentation, _shuffle, _seed])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was asked for.</summary>
    /// <exception cref="ToolException">Something is missing or cannot be.</exception>
    public (PageTableFormat Format, TableImageOptions Options) Read(ParseResult parsed)
    {
        PageTableFormat format = FormatArguments.Find(Demand(parsed, _table), parsed.GetValue(_granule));
        ulong leafBytes = Leaf(parsed.GetValue(_leaf) ?? format.Description.Granule);
        TableImageOptions options = new()
        {
            MappedBytes = NumberText.Size("--size", Demand(parsed, _size)),
            LeafLg2 = BitOperations.Log2(leafBytes),
            RunBytes = Run(parsed.GetValue(_fragmentation)!, leafBytes),
            ShufflesTables = parsed.GetValue(_shuffle),
            Seed = parsed.GetValue(_seed),
            TopLevel = parsed.GetValue(_topLevel) is { } level ? FormatArguments.Level(format, level) : null,
        };
        return (format, options);
    }

    /// <summary>The value of an option that must be given.</summary>
    /// <exception cref="ToolException">It is not.</exception>
    public string Demand(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) ?? throw ToolException.Usage(
            $"'{_command}' needs {option.Name} {option.HelpName}. See 'graph-order {_command} --help'.");

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
