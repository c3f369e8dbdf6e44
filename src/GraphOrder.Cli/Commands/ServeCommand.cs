using System.CommandLine;
using System.Globalization;
using GraphOrder.Extensions;

namespace GraphOrder.Cli;

/// <summary><c>serve</c>: the same documents as JSON lines over a Unix socket.</summary>
internal static class ServeCommand
{
    // A request that takes long holds a thread; so many may before another one waits for a new thread.
    private const int ThreadCountMin = 64;
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RestTime = TimeSpan.FromSeconds(2);

    public static Command Create(CommandConsole console)
    {
        Option<string?> socket = new("--socket")
        {
            Description = "The path to listen on; the file gets mode 0600. Left out where systemd hands "
                + "over a socket.",
            HelpName = "PATH",
        };
        Option<string?> model = new("--model")
        {
            Description = "The models of the growing graph, and of sets whose host names no kernel. "
                + ModelArgument.Description,
            HelpName = ModelArgument.HelpName,
        };
        Option<uint[]> users = new("--allow-uid")
        {
            Description = "A user who may ask beside root and the one who serves; then the file has mode "
                + "0666 and the kernel's word on who connects decides. May be given several times.",
            HelpName = "UID",
            DefaultValueFactory = _ => [],
        };
        Option<int> bytes = Limit(
            "--max-request-bytes", "Greatest length of one request.", ServerOptions.Default.LineBytesMax);
        Option<int> connections = Limit(
            "--max-connections",
            "Greatest number of clients at once.",
            ServerOptions.Default.ConnectionCountMax);
        Option<int> seconds = Limit(
            "--request-seconds",
            "How long one request may run, and how long it may take to come.",
            (int)ServerOptions.Default.RequestTime.TotalSeconds);
        Option<int> idle = Limit(
            "--idle-seconds", "How long a client that asks nothing stays; 0 for ever.", 0, min: 0);
        Command command = new(
            "serve",
            "Answers requests (graphorder/request/1) as JSON lines over a Unix socket, and keeps a graph "
            + "that 'declare' and 'withdraw' change. SIGTERM ends it once what runs is answered. Ends with 5 "
            + "where it cannot listen.")
        {
            socket, model, users, bytes, connections, seconds, idle,
        };
        command.SetAction(parsed =>
        {
            TimeSpan request = TimeSpan.FromSeconds(parsed.GetValue(seconds));
            ServerOptions options = ServerOptions.Default with
            {
                LineBytesMax = parsed.GetValue(bytes),
                ConnectionCountMax = parsed.GetValue(connections),
                RequestTime = request,
                LineTime = request,
                IdleTime = parsed.GetValue(idle) is > 0 and int length ? TimeSpan.FromSeconds(length) : null,
                RestTime = RestTime,
                AllowedUsers = [.. parsed.GetValue(users)!],
            };
            DemandPlace(parsed.GetValue(socket));
            KernelPair? kernels = SetArguments.Kernels(parsed.GetValue(model), console.Cancellation);
            Serve(console, parsed.GetValue(socket), kernels, options);
            return ExitCodes.Done;
        });
        return command;
    }

    // systemd says which process its sockets are for (man sd_listen_fds).
    private static void DemandPlace(string? socket)
    {
        string process = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        if (socket is null && Environment.GetEnvironmentVariable("LISTEN_PID") != process)
        {
            throw ToolException.Usage(
                "'serve' needs --socket PATH where systemd hands over no socket. See 'graph-order serve "
                + "--help'.");
        }
    }

    private static void Serve(
        CommandConsole console, string? path, KernelPair? kernels, ServerOptions options)
    {
        Work.YieldTerminal();
        console.Grace = options.StopTime + EndTime;
        ThreadPool.GetMinThreads(out int threads, out int ports);
        ThreadPool.SetMinThreads(Math.Max(threads, ThreadCountMin), ports);
        RequestEngine engine = new(kernels, new RequestLimits { RequestBytesMax = options.LineBytesMax });
        using SocketServer server = SocketServer.Open(engine, path, options);
        server.RunAsync(console.Cancellation).GetAwaiter().GetResult();
    }

    private static Option<int> Limit(string name, string description, int usual, int min = 1)
    {
        Option<int> option = new(name)
        {
            Description = $"{description} {usual} where it is not given.",
            HelpName = "N",
            DefaultValueFactory = _ => usual,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && result.GetValueOrDefault<int>() < min)
            {
                result.AddError($"Give {min} or more.");
            }
        });
        return option;
    }
}
