using System.CommandLine;
using GraphOrder.Cli;
using GraphOrder.Orleans;
using GraphOrder.Reports;

namespace GraphOrder.Fleet;

/// <summary><c>rollout start|pause|resume|abort</c>.</summary>
internal static class RolloutCommand
{
    /// <summary>Makes it.</summary>
    public static Command Create(FleetConsole console, FleetOptions fleet) => new(
        "rollout", "Starts a roll-out over all hosts of the fleet, pauses it, resumes it, or ends it for "
        + "good.")
    {
        Start(console, fleet),
        Simple(console, fleet, "pause", "No further host begins until it is resumed.",
            static rollout => rollout.PauseAsync()),
        Simple(console, fleet, "resume", "It goes on; failures so far pause it no more.",
            static rollout => rollout.ResumeAsync()),
        Simple(console, fleet, "abort", "No further host begins, for good; those that are being updated end.",
            static rollout => rollout.AbortAsync()),
    };

    private static Argument<string> Name()
    {
        Argument<string> name = new("NAME")
        {
            Description = "The roll-out's name.",
            HelpName = "NAME",
        };
        name.Validators.Add(static found =>
        {
            if (string.IsNullOrWhiteSpace(found.GetValueOrDefault<string>()))
            {
                found.AddError("A roll-out's NAME is not empty.");
            }
        });
        return name;
    }

    private static Command Start(FleetConsole console, FleetOptions fleet)
    {
        Argument<string> name = Name();
        Option<int> away = Count("--away", "How many hosts of a failure domain may be away at once.", 1);
        Option<double> settle = new("--settle")
        {
            Description = "How long an updated host still counts as away.",
            HelpName = "SECONDS",
            DefaultValueFactory = static _ => 60,
        };
        Option<int> failures = Count(
            "--failures", "How many hosts of a failure domain may fail before it gives no more permits.", 0);
        Option<int> pauseAfter = Count(
            "--pause-after", "How many hosts may fail anywhere before the roll-out is paused.", 0);
        Option<string?> restOf = new("--rest-of")
        {
            Description = "Only the hosts that a roll-out, which is over, has not updated.",
            HelpName = "NAME",
        };
        Command command = new("start", "Starts a roll-out over all hosts of the fleet; started again it "
            + "changes nothing.")
        {
            name, away, settle, failures, pauseAfter, restOf,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            DomainPolicy policy = new()
            {
                AwayMax = parsed.GetValue(away),
                Settle = Seconds(parsed.GetValue(settle)),
                FailuresMax = parsed.GetValue(failures),
            };
            if (policy.AwayMax < 1 || policy.FailuresMax < 0 || parsed.GetValue(pauseAfter) < 0)
            {
                throw ToolException.Usage("--away is at least 1, and --failures and --pause-after at least "
                    + "0.");
            }

            string id = parsed.GetValue(name)!;
            RolloutRequest request = new([], policy, parsed.GetValue(pauseAfter))
            {
                RestOf = parsed.GetValue(restOf),
            };
            await using FleetClient client = await FleetClient.ConnectAsync(fleet, parsed, cancellation);
            return await StartAsync(console, client.Grains, id, request);
        });
        return command;
    }

    private static async Task<int> StartAsync(
        FleetConsole console, IGrainFactory grains, string id, RolloutRequest request)
    {
        IRolloutGrain rollout = grains.GetGrain<IRolloutGrain>(id);
        RolloutStanding before = await rollout.StandingAsync();
        if (before.IsStarted)
        {
            throw new ToolException(
                ExitCodes.Refused,
                $"There is a roll-out '{Printable.Of(id)}' already "
                    + $"({new RolloutSummary(id, before).Word}); nothing has changed. Name another, or ask "
                    + "how it stands: graph-order fleet status.");
        }

        InventoryHost[] hosts = await FleetHosts.AllAsync(grains);
        if (hosts.Length == 0)
        {
            throw new ToolException(
                ExitCodes.Refused, "The fleet has no hosts yet. Wait until it is ready, or plan them: "
                    + "graph-order fleet plan --hosts DIR.");
        }

        RolloutStanding started;
        try
        {
            started = await rollout.StartAsync(
                request with { Hosts = [.. hosts.Select(static found => found.Host)] });
        }
        catch (RolloutException refused)
        {
            throw new ToolException(ExitCodes.Refused, refused.Message);
        }

        console.Say($"Started '{Printable.Of(id)}': {Plural.Of(started.HostCount, "host")}"
            + (request.RestOf is { } other
                ? $" that '{Printable.Of(other)}' has not updated"
                : Unready(hosts.Count(static found => !found.Standing.IsReady)))
            + $". {Limits(request.Policy)}");
        return ExitCodes.Done;
    }

    private static string Unready(int count) =>
        count == 0 ? "" : $", of which {count} cannot be updated and stay as they are";

    private static string Limits(DomainPolicy policy) =>
        $"At most {policy.AwayMax} of a domain {(policy.AwayMax == 1 ? "is" : "are")} away at once, each for "
        + $"{policy.Settle.TotalSeconds:0.###} s after its update too.";

    private static Command Simple(
        FleetConsole console,
        FleetOptions fleet,
        string word,
        string description,
        Func<IRolloutGrain, Task<RolloutStanding>> act)
    {
        Argument<string> name = Name();
        Command command = new(word, description) { name };
        command.SetAction(async (parsed, cancellation) =>
        {
            string id = parsed.GetValue(name)!;
            await using FleetClient client = await FleetClient.ConnectAsync(fleet, parsed, cancellation);
            IRolloutGrain rollout = client.Grains.GetGrain<IRolloutGrain>(id);
            RolloutSummary before = new(id, await rollout.StandingAsync());
            if (!before.Standing.IsStarted)
            {
                throw await UnknownAsync(client.Grains, id);
            }

            RolloutSummary now = new(id, await act(rollout));
            if (before.Standing.IsClosed && !(word == "abort" && before.Word == "aborted"))
            {
                throw new ToolException(
                    ExitCodes.Refused,
                    $"'{Printable.Of(id)}' is {now.Word} and stays so. Start another with what it has left: "
                    + $"graph-order fleet rollout start NAME --rest-of {Printable.Of(id)}");
            }

            console.Say($"'{Printable.Of(id)}' is {now.Word}.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<ToolException> UnknownAsync(IGrainFactory grains, string id)
    {
        string[] known = [.. await grains.GetGrain<ICatalogueGrain>(0).RolloutsAsync()];
        return new ToolException(
            ExitCodes.Refused,
            $"There is no roll-out '{Printable.Of(id)}'."
            + UsageErrors.Meant(id, known, " Start one: graph-order fleet rollout start NAME."));
    }

    private static Option<int> Count(string name, string description, int usual) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => usual,
    };

    private static TimeSpan Seconds(double seconds) => seconds is >= 0 and <= 86_400
        ? TimeSpan.FromSeconds(seconds)
        : throw ToolException.Usage($"--settle takes 0 to 86400 seconds, not {seconds}.");
}
