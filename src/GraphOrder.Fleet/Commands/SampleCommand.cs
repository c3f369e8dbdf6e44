using System.CommandLine;
using System.Globalization;
using GraphOrder.Cli;
using GraphOrder.Reports;

namespace GraphOrder.Fleet;

/// <summary><c>sample</c>: a folder of made-up hosts to try a fleet on.</summary>
internal static class SampleCommand
{
    private const int HostCountMax = 100_000;

    // One host in so many has sessions that need one another in a circle, and one passes devices through, for
    // which Linux has no handler yet.
    private const int CircleEvery = 50;
    private const int DeviceEvery = 33;

    /// <summary>Makes it.</summary>
    public static Command Create(FleetConsole console)
    {
        Argument<string> folder = new("DIR")
        {
            Description = "The folder; it is made, and must not be there yet.",
            HelpName = "DIR",
        };
        Option<int> hosts = new("--hosts")
        {
            Description = "How many hosts.",
            HelpName = "N",
            DefaultValueFactory = static _ => 500,
        };
        Option<int> domains = new("--domains")
        {
            Description = "In how many failure domains they stand. The first host of each is a storage "
                + "backend that the others need.",
            HelpName = "N",
            DefaultValueFactory = static _ => 20,
        };
        Command command = new("sample", "Writes a folder of made-up hosts to try a fleet on.")
        {
            folder, hosts, domains,
        };
        command.SetAction((parsed, cancellation) =>
        {
            int count = parsed.GetValue(hosts);
            int racks = parsed.GetValue(domains);
            if (racks < 1 || count < racks || count > HostCountMax)
            {
                throw ToolException.Usage(
                    $"--hosts is at least --domains and at most {HostCountMax}, and --domains at least 1.");
            }

            string path = parsed.GetValue(folder)!;
            if (Path.Exists(path))
            {
                throw ToolException.File($"'{Printable.Of(path)}' is there already. Name a folder that is "
                    + "not.");
            }

            Write(path, count, racks, cancellation);
            console.Say(
                $"{Plural.Of(count, "host")} in {Plural.Of(racks, "failure domain")}. Try: graph-order fleet "
                + $"--local --hosts {Printable.Of(path)} --practice 1");
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static void Write(string path, int count, int racks, CancellationToken cancellation)
    {
        Dictionary<string, string[]> needs = [];
        for (int i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            string rack = string.Create(CultureInfo.InvariantCulture, $"rack-{i % racks:00}");
            bool isBackend = i < racks;
            string host = isBackend
                ? $"{rack}/storage"
                : string.Create(CultureInfo.InvariantCulture, $"{rack}/host-{i / racks:000}");
            if (!isBackend)
            {
                needs.Add(host, [$"{rack}/storage"]);
            }

            string file = Path.Combine(path, host + ".json");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            using FileStream stream = File.Create(file);
            SessionSetWriter.Write(stream, SetOf(i, isBackend));
        }

        using FileStream fleet = File.Create(Path.Combine(path, FleetDocument.FileName));
        new FleetDocument { Needs = needs }.Write(fleet);
    }

    private static SessionSet SetOf(int i, bool isBackend) =>
        isBackend ? SessionSetGenerator.Generate("services", new GeneratorOptions { Sessions = 3 })
        : i % CircleEvery == CircleEvery - 1
            ? SessionSetGenerator.Generate("cycle", new GeneratorOptions { Objects = 6, Sessions = 2 })
        : i % DeviceEvery == DeviceEvery - 1
            ? SessionSetGenerator.Generate("vm-host", new GeneratorOptions { Sessions = 2 })
        : SessionSetGenerator.Generate("microvm", new GeneratorOptions { Sessions = 4 + (i % 32) });
}
