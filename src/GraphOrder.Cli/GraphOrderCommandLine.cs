using System.CommandLine;
using System.CommandLine.Help;
using GraphOrder.Extensions;
using GraphOrder.LiveUpdate;

namespace GraphOrder.Cli;

/// <summary>The composition root: commands, streams, and what each failure ends with.</summary>
internal static class GraphOrderCommandLine
{
    /// <summary>Runs the tool.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        // In front of everything: what the other program gets is as this one was given it.
        if (FleetCommand.WordsOf(arguments) is { } words)
        {
            return Run(() => FleetCommand.Run(words));
        }

        using CommandConsole console = new();
        if (arguments is [CompletionAnswer.Entry, .. string[] asked])
        {
            return CompletionAnswer.Run(asked, typed => Root(console, typed));
        }

        return Run(() => Run(console, arguments));
    }

    private static int Run(Func<int> command)
    {
        try
        {
            return command();
        }
        catch (OperationCanceledException)
        {
            CommandConsole.Complain("Cancelled.");
            return ExitCodes.Cancelled;
        }
        catch (ToolException error)
        {
            CommandConsole.Complain(error.Message);
            return error.ExitCode;
        }
        catch (RequestException error)
        {
            CommandConsole.Complain(error.Message);
            return ExitCodes.WrongUsage;
        }
        catch (ServingException error)
        {
            CommandConsole.Complain(Printable.Of(error.Message));
            return ExitCodes.PeerRefused;
        }
        catch (AgentException error)
        {
            CommandConsole.Complain($"Of the process that is to be asked: {Printable.Of(error.Message)}.");
            return ExitCodes.PeerRefused;
        }
        catch (JournalException error)
        {
            CommandConsole.Complain($"The journal {Printable.Of(error.Message)}.");
            return ExitCodes.Malformed;
        }
        catch (MalformedDocumentException error)
        {
            CommandConsole.WriteError(Malformed.Describe(error));
            return ExitCodes.Malformed;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            CommandConsole.Complain($"A file cannot be read or written: {error.Message}");
            return ExitCodes.FileFailed;
        }
        catch (Exception error)
        {
            bool wantsAll = Environment.GetEnvironmentVariable("GRAPHORDER_DEBUG") == "1";
            CommandConsole.Complain(
                $"Internal error ({error.GetType().Name}: {error.Message}). This is a defect: please "
                + "report it with the "
                + "input. GRAPHORDER_DEBUG=1 shows where."
                + (wantsAll ? $"\n{error.StackTrace}" : ""));
            return ExitCodes.InternalError;
        }
    }

    private static int Run(CommandConsole console, string[] arguments)
    {
        RootCommand root = Root(console, arguments);
        ParseResult parsed = root.Parse(
            arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0
            || parsed.UnmatchedTokens.Count > 0
            || UsageErrors.HasOptionAsArgument(parsed))
        {
            throw ToolException.Usage(UsageErrors.Describe(parsed));
        }

        using IDisposable run = RunOptions.Begin(parsed);
        using StreamWriter output = StandardStreams.OutputText();
        return parsed.Invoke(new InvocationConfiguration
        {
            Output = output,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }

    private static RootCommand Root(CommandConsole console, string[] arguments)
    {
        RootCommand root = Commands(console, arguments);
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
        {
            ((HelpAction)help.Action!).MaxWidth = CommandConsole.HelpColumns();
        }

        RunOptions.AddTo(root);
        return root;
    }

    private static RootCommand Commands(CommandConsole console, string[] arguments) => new(
        "Says in which order a Linux live update may preserve, retrieve and finish what virtual "
        + "machines live on.\n"
        + "Exit codes: 0 done and legal, 1 refused, 2 wrong command line, 3 file, 4 malformed document, "
        + "5 kernel or peer, 70 internal error, 130 cancelled.")
    {
        PlanCommand.Create(console),
        CheckCommand.Create(console),
        FinishCommand.Create(console),
        VerifyCommand.Create(console),
        CompareCommand.Create(console),
        SurveyCommand.Create(console),
        WhyCommand.Create(console),
        DiffCommand.Create(console),
        PinsCommand.Create(console),
        RecoverCommand.Create(console),
        ApplyCommand.Create(console),
        ResumeCommand.Create(console),
        AbortCommand.Create(console),
        StatusCommand.Create(console),
        LearnCommand.Create(console),
        SimulateCommand.Create(console),
        WalkCommand.Create(console),
        ImportCommand.Create(console, arguments.Contains("import")),
        ServeCommand.Create(console),
        ModelsCommand.Create(console),
        ExplainCommand.Create(),
        GenerateCommand.Create(console, arguments is ["generate", "table", ..]),
        BenchCommand.Create(console, arguments.Contains("bench")),
        TortureCommand.Create(console),
        FleetCommand.Create(),
        CompletionCommand.Create(),
    };
}
