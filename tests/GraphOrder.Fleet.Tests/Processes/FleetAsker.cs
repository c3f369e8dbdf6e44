using System.Text.Json;

namespace GraphOrder.Fleet.Tests;

/// <summary>Asks a fleet by the program's own commands.</summary>
/// <param name="place">The options that say which fleet.</param>
internal sealed class FleetAsker(params string[] place)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs a command.</summary>
    public ToolResult Ask(params string[] words) => FleetTool.Run([.. words, .. place]);

    /// <summary>Runs a command that succeeds.</summary>
    public string Do(params string[] words)
    {
        ToolResult result = Ask(words);
        Assert.That(result.ExitCode, Is.EqualTo(0), result.Output + result.Errors);
        return result.Output;
    }

    /// <summary>How a roll-out stands.</summary>
    public JsonElement Rollout(string name) => RolloutIn(Do("status", "--format", "json"), name);

    /// <summary>Its hosts that stand so, in all waves.</summary>
    public static int Count(JsonElement rollout, string stage) =>
        rollout.GetProperty("waves").EnumerateArray().Sum(wave => wave.GetProperty(stage).GetInt32());

    /// <summary>
    /// Waits until a roll-out stands as is asked. A fleet that does not answer is asked again.
    /// </summary>
    public JsonElement Until(string name, Func<JsonElement, bool> isThere)
    {
        using CancellationTokenSource patience = new(Patience);
        string last = "";
        while (!patience.IsCancellationRequested)
        {
            ToolResult asked = Ask("status", "--format", "json");
            last = asked.Output + asked.Errors;
            if (asked.ExitCode == 0 && RolloutIn(asked.Output, name) is var rollout && isThere(rollout))
            {
                return rollout;
            }

            // Each question is a process that starts: more of them would take what the silos need.
            Thread.Sleep(1000);
        }

        Assert.Fail($"After {Patience}: {last}");
        return default;
    }

    /// <summary>Waits until it has ended.</summary>
    public JsonElement UntilEnded(string name) =>
        Until(name, static rollout => rollout.GetProperty("status").GetString() == "ended");

    private static JsonElement RolloutIn(string document, string name)
    {
        using JsonDocument status = JsonDocument.Parse(document);
        return status.RootElement.GetProperty("rollouts").EnumerateArray()
            .Single(rollout => rollout.GetProperty("rollout").GetString() == name).Clone();
    }
}
