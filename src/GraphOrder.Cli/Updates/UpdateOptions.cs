using System.CommandLine;
using GraphOrder.LiveUpdate;

namespace GraphOrder.Cli;

/// <summary>
/// The options that <c>apply</c>, <c>resume</c>, <c>abort</c> and <c>status</c> share, with their help.
/// </summary>
internal static class UpdateOptions
{
    private const int PatienceSeconds = 60;

    public static Option<string> Journal() => new("--journal")
    {
        Description = $"The journal; without it {JournalFile.DefaultPath}.",
        HelpName = "FILE",
        DefaultValueFactory = _ => JournalFile.DefaultPath,
    };

    public static Option<string?> Descriptors() => new("--descriptors")
    {
        Description = $"Which inherited descriptor is what ({GivenDescriptors.Schema}): sessions by name in "
            + "the "
            + "order of their creation, files by id. What the service manager passes is taken without it.",
        HelpName = "FILE",
    };

    public static Option<string?> From() => new("--from")
    {
        Description = "A Unix socket whose owner sends the descriptors (SCM_RIGHTS), one JSON line each.",
        HelpName = "SOCKET",
    };

    public static Option<string?> Act() => new("--act")
    {
        Description = "The program that does acts, started as PROGRAM ACT SESSION PHASE. An act of which "
            + "nobody knows whether it was done is asked for again.",
        HelpName = "PROGRAM",
    };

    public static Option<int> Patience() => new("--patience")
    {
        Description = "Seconds that one act, or one answer from a socket, may take; without it "
            + $"{PatienceSeconds}.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => PatienceSeconds,
    };

    public static IActRunner? Runner(ParseResult parsed, Option<string?> act, Option<int> patience)
    {
        if (parsed.GetValue(act) is not { } program)
        {
            return null;
        }

        // It writes where this process writes.
        Work.YieldTerminal();
        return new ActProgram(program, PatienceOf(parsed, patience));
    }

    public static TimeSpan PatienceOf(ParseResult parsed, Option<int> patience)
    {
        int seconds = parsed.GetValue(patience);
        return seconds is >= 1 and <= 86_400
            ? TimeSpan.FromSeconds(seconds)
            : throw ToolException.Usage($"--patience cannot be '{seconds}': it takes 1 to 86400 seconds.");
    }

    /// <summary>All descriptors that this process was given.</summary>
    public static GivenDescriptors Given(
        ParseResult parsed, Option<string?> descriptors, Option<string?> from, Option<int> patience)
    {
        GivenDescriptors given = new();
        given.AddInherited(Environment.GetEnvironmentVariable, Environment.ProcessId);
        if (parsed.GetValue(descriptors) is { } path)
        {
            using Stream stream = InputFile.Open(path);
            using MemoryStream bytes = new();
            stream.CopyTo(bytes);
            try
            {
                given.AddDocument(bytes.ToArray());
            }
            catch (FormatException error)
            {
                throw new ToolException(
                    ExitCodes.Malformed,
                    $"'{Printable.Of(path)}' is no {GivenDescriptors.Schema}: {error.Message}. See "
                        + "'graph-order apply --help'.");
            }
        }

        if (parsed.GetValue(from) is { } socket)
        {
            using AgentSocket agent = AgentSocket.Connect(socket, PatienceOf(parsed, patience));
            agent.Receive(given.Add);
        }

        return given;
    }

    /// <summary>Reads a journal.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wayOut">How another one is named, as a sentence.</param>
    public static Journal Read(string path, string wayOut = "Name the journal: --journal FILE.")
    {
        string name = Printable.Of(path);
        if (Directory.Exists(path))
        {
            throw ToolException.File($"This is no journal: '{name}' is a folder. {wayOut}");
        }

        if (!File.Exists(path))
        {
            throw ToolException.File($"There is no journal '{name}'. {wayOut}");
        }

        try
        {
            return JournalReader.ReadFile(path);
        }
        catch (JournalException error)
        {
            throw new ToolException(
                ExitCodes.Malformed,
                error.IsNone
                    ? $"This is no journal: '{name}' does not begin as one. {wayOut}"
                    : $"The journal '{name}' {Printable.Of(error.Message.TrimEnd('.'))}. {wayOut}");
        }
        catch (UnauthorizedAccessException)
        {
            throw ToolException.File($"The journal '{name}' may not be read. Ask as root.");
        }
    }

    /// <summary>
    /// Room for a descriptor of each session and file; where that is not allowed, EMFILE tells.
    /// </summary>
    public static void MakeRoom(LinuxCalls calls, UpdatePlan plan)
    {
        const int usual = 1 << 16;
        _ = calls.LimitDescriptors(Math.Max(usual, plan.Graph.SessionCount + (2 * plan.Graph.ObjectCount)));
    }

    /// <summary>Whose descriptors the set does not know.</summary>
    public static void DemandKnown(IReadOnlyCollection<string> foreign)
    {
        if (foreign.Count > 0)
        {
            throw ToolException.Usage(
                $"A descriptor was handed over for '{Printable.Of(foreign.First())}', which the set has not. "
                + "Hand over what the set names, or plan another set.");
        }
    }
}
