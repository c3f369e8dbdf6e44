using System.CommandLine;
using GraphOrder.Cli;
using Microsoft.Extensions.Configuration;

namespace GraphOrder.Fleet;

/// <summary>The options that say which fleet is meant; every command has them.</summary>
internal sealed class FleetOptions
{
    /// <summary>Where a local fleet answers, unless told otherwise.</summary>
    public const int UsualPort = 30000;

    private const string Redis = "Redis";

    private static readonly string[] ClientSections = ["ClusterId", "ServiceId", "Clustering"];

    private readonly Option<int> _port = new("--port")
    {
        Description = "The port on which the silo answers commands.",
        HelpName = "N",
        Recursive = true,
        DefaultValueFactory = static _ => UsualPort,
    };

    private readonly Option<string?> _redis = new("--redis")
    {
        Description = "A fleet of several silos that meet in Redis: HOST:PORT, or more of "
            + "StackExchange.Redis' configuration.",
        HelpName = "ADDRESS",
        Recursive = true,
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "A JSON file with a section \"Orleans\" that chooses other providers. The "
            + "environment, as Orleans__Clustering__ProviderType, wins over it.",
        HelpName = "FILE",
        Recursive = true,
    };

    private readonly Option<bool> _verbose = new("--verbose")
    {
        Description = "Say on standard error what Orleans does.",
        Recursive = true,
    };

    /// <summary>Gives a command the options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_port);
        command.Add(_redis);
        command.Add(_config);
        command.Add(_verbose);
    }

    /// <summary>The port.</summary>
    public int Port(ParseResult parsed) => PortOf(parsed, _port);

    /// <summary>What an option says of a port.</summary>
    /// <exception cref="ToolException">It is none.</exception>
    public static int PortOf(ParseResult parsed, Option<int> option) =>
        parsed.GetValue(option) is >= 1 and <= ushort.MaxValue and int port
            ? port
            : throw ToolException.Usage(
                $"{option.Name} lies between 1 and 65535; it is {parsed.GetValue(option)}.");

    /// <summary>Whether what Orleans does is told.</summary>
    public bool IsVerbose(ParseResult parsed) => parsed.GetValue(_verbose);

    /// <summary>
    /// The same for who asks: where silos meet. What they store in is theirs, and no client has the means.
    /// </summary>
    public void ConfigureClient(ParseResult parsed, IConfigurationBuilder builder)
    {
        ConfigurationBuilder all = new();
        Configure(parsed, all);
        builder.Sources.Clear();
        builder.AddInMemoryCollection(all.Build().AsEnumerable().Where(static found =>
            !found.Key.StartsWith("Orleans:", StringComparison.OrdinalIgnoreCase)
            || Array.Exists(
                ClientSections,
                section => found.Key.StartsWith($"Orleans:{section}", StringComparison.OrdinalIgnoreCase))));
    }

    /// <summary>What is configured: the file, what <c>--redis</c> stands for, and the environment.</summary>
    /// <exception cref="ToolException">The file is not there, or no JSON.</exception>
    public void Configure(ParseResult parsed, IConfigurationBuilder builder)
    {
        builder.Sources.Clear();
        builder.AddInMemoryCollection(
        [
            new("Orleans:ClusterId", "graph-order"),
            new("Orleans:ServiceId", "graph-order"),
        ]);
        if (parsed.GetValue(_config) is { } file)
        {
            if (!File.Exists(file))
            {
                throw ToolException.File($"There is no file '{Printable.Of(file)}'. Check --config.");
            }

            builder.AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false);
        }

        if (parsed.GetValue(_redis) is { } address)
        {
            builder.AddInMemoryCollection(ForRedis(address));
        }

        builder.AddEnvironmentVariables();
    }

    /// <summary>Whether silos meet somewhere, so that a fleet is more than one process.</summary>
    public static bool IsClustered(IConfiguration configuration) =>
        configuration["Orleans:Clustering:ProviderType"] is not null;

    private static IEnumerable<KeyValuePair<string, string?>> ForRedis(string address)
    {
        foreach (string section in (string[])["Clustering", "GrainStorage:Default", "Reminders"])
        {
            yield return new($"Orleans:{section}:ProviderType", Redis);
            yield return new($"Orleans:{section}:ConnectionString", address);
        }
    }
}
