using System.CommandLine;
using GraphOrder.PageTables;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary>The command line of <c>walk</c>.</summary>
internal sealed class WalkOptions
{
    private const int PasidMax = (1 << 20) - 1;

    private readonly Option<string?> _table = FormatArguments.Table();
    private readonly Option<int?> _topLevel = FormatArguments.TopLevel();
    private readonly Option<string?> _granule = FormatArguments.Granule();
    private readonly FactOptions _facts = new();
    private readonly SetOptions _set = new();

    private readonly Argument<string> _image = new("IMAGE")
    {
        Description = "Physical memory: a raw file, an ELF core, or a page list; read by position, never "
            + "as a whole.",
        HelpName = "IMAGE",
    };

    private readonly Option<string?> _root = Text(
        "--root", "ADDRESS", "Physical address of the root, with --table and --top-level.");

    private readonly Option<string?> _rootTable = Text(
        "--rtaddr", "ADDRESS", "The register RTADDR of VT-d, mode bits and all, with --device. A page list "
        + "carries it: then --device is enough.");

    private readonly Option<string?> _deviceTable = Text(
        "--amd-device-table", "ADDRESS", "Physical address of AMD's device table, with --device.");

    private readonly Option<string?> _device = Text(
        "--device", "BDF", "The device whose table it is: 0000:00:04.0.");

    private readonly Option<int?> _pasid = new("--pasid")
    {
        Description = "A PASID of VT-d's scalable mode. Default: that of requests without one.",
        HelpName = "N",
    };

    private readonly Option<string?> _base = Text(
        "--base", "ADDRESS", "Physical address of the file's first byte: the file is raw then, whatever it "
        + "begins with.");

    private readonly Option<bool> _map = new("--map")
    {
        Description = "Map the file instead of reading it. A file that shrinks meanwhile ends the process.",
    };

    private readonly Option<bool> _runs = new("--runs")
    {
        Description = "List the runs: maximal ranges in which input and output addresses advance together. "
            + "The image is walked a second time for it.",
    };

    private readonly Option<int?> _faultLimit = new("--fault-limit")
    {
        Description = "List at most so many faults; counts are always whole. Default: 1000.",
        HelpName = "N",
    };

    /// <summary>The format of the answer.</summary>
    public Option<string> Format { get; } = SetArguments.Format();

    /// <summary>Adds everything to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_image);
        Option[] options =
        [
            _table, _topLevel, _root, _granule, _rootTable, _deviceTable, _device, _pasid, _base, _map, _runs,
            .. _set.All, _faultLimit, .. _facts.All, Format,
        ];
        foreach (Option option in options)
        {
            command.Add(option);
        }
    }

    /// <summary>Reads what the user asks, and the set that is named.</summary>
    /// <exception cref="ToolException">It cannot be.</exception>
    public WalkQuery Read(ParseResult parsed, CancellationToken cancellation)
    {
        WalkQuery query = new()
        {
            Image = parsed.GetValue(_image)!,
            BaseAddress = Address(parsed, _base),
            Map = parsed.GetValue(_map),
            Root = Address(parsed, _root),
            RootTableAddress = Address(parsed, _rootTable),
            DeviceTable = Address(parsed, _deviceTable),
            Device = Device(parsed.GetValue(_device)),
            Pasid = FactOptions.InRange(parsed, _pasid, 0, PasidMax),
            Facts = _facts.Read(parsed),
            FaultMax = FactOptions.InRange(parsed, _faultLimit, 0, int.MaxValue)
                ?? WalkLimits.Default.FaultMax,
            ListsRuns = parsed.GetValue(_runs),
            Words = ["graph-order", .. parsed.Tokens.Select(token => ShellWord.Of(token.Value))],
        };
        DemandAligned("--base", query.BaseAddress, sizeof(ulong));
        DemandAligned("--amd-device-table", query.DeviceTable, 4096);
        if (query.Map && PhysicalImage.IsLiveMemory(query.Image))
        {
            throw ToolException.Usage("/proc/kcore can be read, not mapped. Leave out --map.");
        }

        query = query with { Set = _set.Read(parsed, cancellation) };
        query = query with { Facts = query.Set?.Complete(query.Facts) ?? query.Facts };
        DemandOneWay(query);
        return WithRoot(parsed, query);
    }

    private WalkQuery WithRoot(ParseResult parsed, WalkQuery query)
    {
        ulong? root = query.Root ?? (query.Device is null ? query.Set?.Table?.Root : null);
        if (root is null)
        {
            DemandAbsent(parsed, "goes with --root only", _table, _topLevel, _granule);
            return query;
        }

        DemandAbsent(parsed, "does not go with --root", _device);
        DemandAbsent(parsed, "goes with --device only", _pasid);
        PageTableFacts? told = query.Set?.Table;
        string? name = parsed.GetValue(_table);
        string? granule = parsed.GetValue(_granule);
        int? level = parsed.GetValue(_topLevel);
        PageTableFormat format = name is null && told is not null
            ? FormatArguments.Find(query.Set!, told, granule)
            : FormatArguments.Find(
                name ?? throw ToolException.Usage(
                    "--root needs --table FORMAT and --top-level N too. See 'graph-order walk --help'."),
                granule);
        return query with
        {
            Root = root,
            Format = format,
            TopLevel = level is null && told is not null
                ? FormatArguments.Level(query.Set!, told, format)
                : FormatArguments.Level(format, level),
        };
    }

    private static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName };

    private static ulong? Address(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } text ? NumberText.Address(option.Name, text) : null;

    private static DeviceAddress? Device(string? text) => text is null ? null
        : DeviceAddress.TryParse(text, out DeviceAddress device) ? device
        : throw ToolException.Usage(
            $"--device cannot be '{Printable.Of(text)}'. Write segment, bus, device and function as "
            + "0000:00:04.0.");

    private static void DemandAligned(string option, ulong? address, ulong multiple)
    {
        if (address % multiple is > 0)
        {
            throw ToolException.Usage(
                $"{option} must be a multiple of {multiple}; it is {NumberText.Hex(address!.Value)}.");
        }
    }

    private static void DemandOneWay(WalkQuery query)
    {
        List<string> ways = [];
        Add("--root", query.Root is not null);
        Add("--rtaddr", query.RootTableAddress is not null);
        Add("--amd-device-table", query.DeviceTable is not null);
        if (ways.Count > 1)
        {
            throw ToolException.Usage($"{ways[0]} and {ways[1]} exclude each other. Keep one of them.");
        }

        bool isTold = ways.Count == 0 && query.Set?.Table is not null;
        if (query.Root is null && query.Device is null && !isTold)
        {
            throw ToolException.Usage(ways.Count == 1
                ? $"{ways[0]} needs --device BDF too."
                : query.Set is { } set
                ? $"{set.SetName} says nothing of the table of '{set.DomainName}'. Give it a 'pageTable', or "
                    + "give --table, --top-level and --root, or --device."
                : "Say where the table begins: --table FORMAT --top-level N --root ADDRESS, --rtaddr ADDRESS "
                    + "--device BDF, or --amd-device-table ADDRESS --device BDF; of a page list, --device "
                    + "BDF.");
        }

        if (query.DeviceTable is not null && query.Pasid is not null)
        {
            throw ToolException.Usage("--pasid does not go with --amd-device-table. Leave it out.");
        }

        void Add(string way, bool isGiven)
        {
            if (isGiven)
            {
                ways.Add(way);
            }
        }
    }

    private static void DemandAbsent(ParseResult parsed, string rule, params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            if (parsed.GetResult(option) is { Implicit: false })
            {
                throw ToolException.Usage($"{option.Name} {rule}. Leave it out.");
            }
        }
    }
}
