namespace GraphOrder.LiveUpdate;

/// <summary>
/// Whether the kernels of an update saw what its plan has, in the plan's order, the journal's own session
/// last before the jump and first behind it, however often the run was begun again.
/// </summary>
internal static class PlanOrder
{
    private const string Own = "graphorder";

    public static void Demand(UpdateWorld world)
    {
        Plan plan = world.Plan.Plan;
        string own = $"{Own}/1";
        Assert.Multiple(() =>
        {
            Assert.That(
                SessionsOf(world.OldKernel!, SimulationEventKind.Create),
                Is.EqualTo([.. plan.Sessions.Create.Select(static name => name.Text), Own]));
            Assert.That(
                FilesOf(world.OldKernel!, SimulationEventKind.Preserve),
                Is.EqualTo([.. FilesOf(world, Phase.Preserve), own]));
            Assert.That(
                SessionsOf(world.Kernel, SimulationEventKind.RetrieveSession),
                Is.EqualTo([Own, .. plan.Sessions.Retrieve.Select(static name => name.Text)]));
            Assert.That(
                FilesOf(world.Kernel, SimulationEventKind.Retrieve),
                Is.EqualTo([own, .. FilesOf(world, Phase.Retrieve)]));
            Assert.That(
                SessionsOf(world.Kernel, SimulationEventKind.FinishSession),
                Is.EqualTo([.. plan.Sessions.Finish.Select(static name => name.Text), Own]));
        });
    }

    // The plan's files as events name them.
    private static IEnumerable<string> FilesOf(UpdateWorld world, Phase phase) => world.Plan.Plan[phase]
        .Where(static step => step.ActName is null)
        .Select(static step => $"{step.Session!.Value.Text}/{step.Token}");

    // In the order in which each was first done; what the kernel refused is left out.
    private static string[] FilesOf(SimulatedKernel kernel, SimulationEventKind kind) =>
        [.. Done(kernel, kind).Select(static found => $"{found.Session}/{found.Token}").Distinct()];

    private static string[] SessionsOf(SimulatedKernel kernel, SimulationEventKind kind) =>
        [.. Done(kernel, kind).Select(static found => found.Session).Distinct()];

    private static IEnumerable<SimulationEvent> Done(SimulatedKernel kernel, SimulationEventKind kind) =>
        kernel.Events.Where(found => found.Kind == kind && found.Error == Errno.None);
}
