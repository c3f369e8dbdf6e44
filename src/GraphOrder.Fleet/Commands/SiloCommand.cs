using System.CommandLine;
using GraphOrder.Cli;
using Microsoft.Extensions.Hosting;

namespace GraphOrder.Fleet;

/// <summary><c>silo</c>: one silo of a fleet of several.</summary>
internal static class SiloCommand
{
    /// <summary>Makes it.</summary>
    public static Command Create(FleetConsole console, FleetOptions fleet)
    {
        SiloArguments silo = new(console);
        Option<string> state = new("--state")
        {
            Description = "Where this silo writes its events.",
            HelpName = "DIR",
            Required = true,
        };
        Command command = new(
            "silo",
            "One silo of a fleet: it meets the others where --redis or --config says, and ends with Ctrl+C "
            + "or SIGTERM once its grains have gone to the others.")
        {
            state,
        };
        silo.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using StateFolder kept = StateFolder.Open(parsed.GetValue(state)!);
            FleetSilo start = new()
            {
                Parsed = parsed,
                Fleet = fleet,
                Arguments = silo,
                State = kept,
                IsLocal = false,
            };
            using IHost host = await start.StartAsync(cancellation);
            console.Say($"Ready on port {fleet.Port(parsed)}.");
            try
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                await host.StopAsync(CancellationToken.None);
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
