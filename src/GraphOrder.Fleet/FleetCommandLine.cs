using System.CommandLine;
using GraphOrder.Cli;

namespace GraphOrder.Fleet;

/// <summary>The composition root: commands, and what each failure ends with.</summary>
internal static class FleetCommandLine
{
    /// <summary>Runs the tool.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        using FleetConsole console = new();
        try
        {
            ParseResult parsed = Root(console).Parse(
                arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Errors.Count > 0
                || parsed.UnmatchedTokens.Count > 0
                || UsageErrors.HasOptionAsArgument(parsed))
            {
                throw ToolException.Usage(UsageErrors.Describe(parsed, "graph-order fleet"));
            }

            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                },
                console.Cancellation);
        }
        catch (OperationCanceledException) when (console.Cancellation.IsCancellationRequested)
        {
            console.Complain("Cancelled.");
            return ExitCodes.Cancelled;
        }
        catch (Exception gone) when (gone is global::Orleans.Runtime.OrleansException or TimeoutException)
        {
            console.Complain($"The fleet no longer answers: {PeerFailure.Of(gone)}.");
            return ExitCodes.PeerRefused;
        }
        catch (ToolException refused)
        {
            console.Complain(refused.Message);
            return refused.ExitCode;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            console.Complain($"A file cannot be read or written: {error.Message}");
            return ExitCodes.FileFailed;
        }
        catch (Exception defect)
        {
            console.Complain(
                $"Internal error ({defect.GetType().Name}: {defect.Message}). This is a defect: please "
                + "report it. GRAPHORDER_DEBUG=1 shows where."
                + (Environment.GetEnvironmentVariable("GRAPHORDER_DEBUG") == "1" ? $"\n{defect}" : ""));
            return ExitCodes.InternalError;
        }
    }

    private static RootCommand Root(FleetConsole console)
    {
        FleetOptions fleet = new();
        RootCommand root = LocalCommand.Create(console, fleet);
        fleet.AddTo(root);
        root.Add(SiloCommand.Create(console, fleet));
        root.Add(PlanCommand.Create(console, fleet));
        root.Add(StatusCommand.Create(console, fleet));
        root.Add(RolloutCommand.Create(console, fleet));
        root.Add(WhyWaitingCommand.Create(console, fleet));
        root.Add(RepairedCommand.Create(console, fleet));
        root.Add(ResumeDomainCommand.Create(console, fleet));
        root.Add(SampleCommand.Create(console));
        return root;
    }
}
