using System.CommandLine;
using System.Globalization;
using GraphOrder.LiveUpdate;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary><c>torture</c>: random kernel calls, the kernel that runs against the simulator.</summary>
internal static class TortureCommand
{
    private const int SecondsDefault = 10;
    private const int LengthDefault = 60;
    private const int LengthMax = 10_000;

    public static Command Create(CommandConsole console)
    {
        Option<ulong> seed = new("--seed")
        {
            Description = "What the calls follow from; the same seed makes the same ones.",
            HelpName = "S",
            DefaultValueFactory = _ => 1,
        };
        Option<int> rounds = new("--rounds")
        {
            Description = "Sequences to run; without it, as many as the time allows.",
            HelpName = "N",
        };
        Option<int> seconds = new("--seconds")
        {
            Description = "How long to begin sequences; 10 where --rounds is not given either.",
            HelpName = "T",
        };
        Option<int> length = new("--length")
        {
            Description = "Calls of a sequence, before those that look at what is left.",
            HelpName = "L",
            DefaultValueFactory = _ => LengthDefault,
        };
        Option<string> format = SetArguments.Format();
        Command command = new(
            "torture",
            "Makes random calls, well-formed and malformed, on the kernel that runs and on its simulator, "
            + "and compares each answer. A difference is made as short as it can be and printed as a C "
            + "program; then it ends with 1. Run as root on a kernel with live update that nothing else "
            + "updates now; it loads no kernel and does not jump. /tmp must be a tmpfs.")
        {
            seed, rounds, seconds, length, format,
        };
        command.SetAction(parsed =>
        {
            bool isJson = SetArguments.IsJson(parsed.GetValue(format)!);
            TortureOptions options = new()
            {
                Seed = parsed.GetValue(seed),
                RoundsMax = AtLeastOne(parsed, rounds),
                TimeMax = TimeSpan.FromSeconds(AtLeastOne(parsed, seconds)),
                Length = parsed.GetValue(length),
            };
            if (options.Length is < 1 or > LengthMax)
            {
                throw ToolException.Usage($"--length cannot be {options.Length}. Give 1 to {LengthMax}.");
            }

            bool isBounded = options.RoundsMax > 0 || options.TimeMax > TimeSpan.Zero;
            options = isBounded ? options : options with { TimeMax = TimeSpan.FromSeconds(SecondsDefault) };
            DemandKernel();
            TortureResult result = SetArguments.Timed(
                "calling two kernels", () => Run(options, console.Cancellation));
            OutputFile.Write(null, stream =>
            {
                if (isJson)
                {
                    TortureWriter.Write(stream, options.Seed, result);
                    return;
                }

                using StreamWriter writer = SetArguments.Text(stream);
                Write(writer, options.Seed, result);
            });
            return result.Finding is null ? ExitCodes.Done : ExitCodes.Refused;
        });
        return command;
    }

    private static TortureResult Run(TortureOptions options, CancellationToken stop) => TortureRun.Run(
        static () => new LinuxCalls(),
        static () => new SimulatedKernel().StartProcess(),
        options,
        TimeProvider.System,
        stop);

    private static int AtLeastOne(ParseResult parsed, Option<int> option)
    {
        int value = parsed.GetValue(option);
        bool isGiven = parsed.GetResult(option) is { Implicit: false };
        return isGiven && value < 1
            ? throw ToolException.Usage($"{option.Name} cannot be {value}. Give 1 or more.")
            : value;
    }

    private static void DemandKernel()
    {
        LinuxCalls calls = new();
        CallResult device = calls.Open("/dev/liveupdate"u8, OpenModes.ReadWrite | OpenModes.CloseOnExec);
        if (!device.IsDone)
        {
            throw ToolException.Peer(
                $"{LiveUpdateAbi.DevicePath} cannot be opened ({device}). Run as root on a kernel that was "
                + "started with liveupdate=on, while nothing else has the device open.");
        }

        // Only a file of a tmpfs has seals.
        _ = calls.Close(device.Descriptor);
        CallResult file = calls.Open("/tmp"u8,
            OpenModes.ReadWrite | OpenModes.Unnamed | OpenModes.CloseOnExec);
        CallResult seals = calls.GetSeals(file.Descriptor);
        _ = calls.Close(file.Descriptor);
        if (!seals.IsDone)
        {
            throw ToolException.Peer("/tmp is no tmpfs, and the simulator's is. Mount one there.");
        }
    }

    private static void Write(TextWriter writer, ulong seed, TortureResult result)
    {
        ReportLines lines = new(writer, CommandConsole.Columns());
        lines.Wrapped(0, string.Create(
            CultureInfo.InvariantCulture,
            $"{(result.Finding is null ? "ALIKE" : "DIFFERENT")}: {result.RoundCount} sequences, "
            + $"{result.CallCount} calls in each, seed {seed}."));
        if (result.Finding is TortureFinding finding)
        {
            lines.Blank();
            lines.Wrapped(0, string.Create(
                CultureInfo.InvariantCulture,
                $"The last of these {finding.CallCount} calls answers {finding.First} here and "
                + $"{finding.Second} in the simulator:"));
            lines.Blank();
            writer.Write(finding.Program);
        }
    }
}
