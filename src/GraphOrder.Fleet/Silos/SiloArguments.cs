using System.CommandLine;
using GraphOrder.Cli;
using GraphOrder.Orleans;

namespace GraphOrder.Fleet;

/// <summary>The options of who starts a silo: how hosts are updated, and where it listens.</summary>
internal sealed class SiloArguments(FleetConsole console)
{
    private readonly Option<string?> _program = new("--run")
    {
        Description = "The program that updates a host: it gets the host, the roll-out and the attempt as "
            + "words and the plan on standard input, and ends with 0 when the host runs again. It may be "
            + "run again with the same words, and then does nothing twice.",
        HelpName = "PROGRAM",
    };

    private readonly Option<double?> _practice = new("--practice")
    {
        Description = "Instead of --run: no host is touched; each takes so long.",
        HelpName = "SECONDS",
    };

    private readonly Option<int> _siloPort = new("--silo-port")
    {
        Description = "The port on which silos talk to one another.",
        HelpName = "N",
        DefaultValueFactory = static _ => 11111,
    };

    /// <summary>Gives a command the options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_program);
        command.Add(_practice);
        command.Add(_siloPort);
    }

    /// <summary>The port of silos.</summary>
    public int SiloPort(ParseResult parsed) => FleetOptions.PortOf(parsed, _siloPort);

    /// <summary>What updates hosts; null where nothing was given: hosts are planned only.</summary>
    public IHostUpdater? Updater(ParseResult parsed)
    {
        string? program = parsed.GetValue(_program);
        double? seconds = parsed.GetValue(_practice);
        if (program is not null && seconds is not null)
        {
            throw ToolException.Usage("--run and --practice exclude one another. Give one of them.");
        }

        return program is not null ? ProgramUpdater.Of(program, console.Complain)
            : seconds is null ? null
            : seconds is >= 0 and <= 86_400 ? new PracticeUpdater(TimeSpan.FromSeconds(seconds.Value))
            : throw ToolException.Usage($"--practice takes 0 to 86400 seconds, not {seconds}.");
    }
}
