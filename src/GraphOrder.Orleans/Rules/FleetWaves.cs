using System.Collections.Immutable;
using System.Text;

namespace GraphOrder.Orleans;

/// <summary>
/// In which waves the hosts of a roll-out go: what a host needs goes in an earlier one. The planner finds
/// them as it finds those of files: hosts are files of one session under <c>explicit-graph</c>, and a need
/// binds in preserve. Thread-safe.
/// </summary>
public static class FleetWaves
{
    private const string HostKind = "x-host";

    /// <summary>The wave of each host, from 0 up, in the order of the hosts.</summary>
    /// <param name="hosts">The hosts; each id once.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <exception cref="FleetOrderException">
    /// A host is named twice, or needs itself, one that is not there, or, in a circle, one that needs it.
    /// </exception>
    public static ImmutableArray<int> Of(
        IReadOnlyList<FleetHost> hosts, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        PlanResult result = Planner.Plan(
            GraphOf(hosts), KernelPair.Of(LifecycleModel.ExplicitGraph), null, cancellation);
        if (!result.TryGetPlan(out Plan? plan))
        {
            throw new FleetOrderException(Circle(result));
        }

        Dictionary<string, int> numbers = new(hosts.Count, StringComparer.Ordinal);
        for (int i = 0; i < hosts.Count; i++)
        {
            numbers.Add(hosts[i].Id, i);
        }

        int[] waves = new int[hosts.Count];
        PhaseSteps steps = plan[Phase.Preserve];
        for (int i = 0; i < steps.Count; i++)
        {
            // Sessions have steps of their own.
            if (steps[i].ObjectName is { } host)
            {
                waves[numbers[host]] = steps[i].Wave;
            }
        }

        return [.. waves];
    }

    private static DependencyGraph GraphOf(IReadOnlyList<FleetHost> hosts)
    {
        DependencyGraphBuilder builder = new();
        builder.AddSession("fleet", out SessionId fleet);
        Dictionary<string, ObjectId> ids = new(hosts.Count, StringComparer.Ordinal);
        ObjectKind kind = ObjectKind.Custom(HostKind);
        foreach (FleetHost host in hosts)
        {
            if (ids.ContainsKey(host.Id))
            {
                throw new FleetOrderException(
                    $"The host '{Printable.Of(host.Id)}' is named twice. Name each host once.");
            }

            builder.AddFile(fleet, host.Id, kind, out ObjectId id);
            ids.Add(host.Id, id);
        }

        foreach (FleetHost host in hosts)
        {
            foreach (string need in host.Needs)
            {
                AddNeed(builder, ids, host.Id, need);
            }
        }

        return builder.Build();
    }

    private static void AddNeed(
        DependencyGraphBuilder builder, Dictionary<string, ObjectId> ids, string host, string need)
    {
        if (host == need)
        {
            throw new FleetOrderException(
                $"The host '{Printable.Of(host)}' needs itself. Leave it out of its own needs.");
        }

        if (!ids.TryGetValue(need, out ObjectId needed))
        {
            throw new FleetOrderException(
                $"The host '{Printable.Of(host)}' needs '{Printable.Of(need)}', which is not in the fleet. "
                + "Add that host, or leave it out of the needs.");
        }

        builder.AddDependency(ids[host], needed, PhaseSet.Of(Phase.Preserve));
    }

    private static string Circle(PlanResult result)
    {
        foreach (Diagnostic found in result.Diagnostics)
        {
            if (found.Cycle is { } cycle)
            {
                // What must go first is what is needed, so the walk is told from its end.
                StringBuilder told = new("These hosts need one another in a circle: ");
                for (int i = cycle.Steps.Length - 1; i >= 0; i--)
                {
                    CycleStep step = cycle.Steps[i];
                    told.Append('\'').Append(Printable.Of(step.Dependent)).Append("' needs '")
                        .Append(Printable.Of(step.On)).Append(i > 0 ? "', " : "'. ");
                }

                return told.Append("Drop one of these needs.").ToString();
            }
        }

        return $"The planner refuses the hosts ({result.Diagnostics[0].Code.Text()}).";
    }
}
