namespace GraphOrder.Orleans;

/// <summary>How the update of a host ended, and why. Immutable.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Why">
/// Why it failed, as the end of a sentence without its period; empty where nobody knows, or it did not.
/// </param>
[GenerateSerializer]
[Immutable]
public sealed record UpdateResult(UpdateOutcome Outcome, string Why)
{
    /// <summary>The host runs the new kernel and its guests run.</summary>
    public static UpdateResult Done { get; } = new(UpdateOutcome.Done, "");

    /// <summary>It did not come through; somebody has to look at it.</summary>
    /// <param name="why">Why, as <see cref="Why"/> has it.</param>
    public static UpdateResult Failed(string why) => new(UpdateOutcome.Failed, why);
}
