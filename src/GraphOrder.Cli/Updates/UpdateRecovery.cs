using System.Text;
using GraphOrder.LiveUpdate;

namespace GraphOrder.Cli;

/// <summary>Asks what can still be done of an update, with the plan that its journal holds.</summary>
internal static class UpdateRecovery
{
    /// <summary>Asks.</summary>
    /// <param name="plan">The update.</param>
    /// <param name="state">How far it came.</param>
    /// <param name="quiet">What <c>--assume-quiet</c> names.</param>
    /// <param name="cancellation">Stops it.</param>
    public static RecoveryResult Ask(
        UpdatePlan plan, HostState state, string[] quiet, CancellationToken cancellation)
    {
        RecoveryOptions options = new()
        {
            Plan = PlanReader.Read(
                new MemoryStream(Encoding.UTF8.GetBytes(plan.PlanText)), "the journal's plan", cancellation),
            AssumeQuiet = [.. quiet.Select(id => RequestNames.QuietOf(plan.Set, "--assume-quiet", id))],
        };
        return RecoveryPlanner.Recover(plan.Graph, plan.Kernels, state, options, cancellation);
    }
}
