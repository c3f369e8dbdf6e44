namespace GraphOrder.LiveUpdate;

/// <summary>How many preserved files hold each global state (kernel/liveupdate/luo_flb.c).</summary>
internal sealed class FlbCounts(SimulatedKernel kernel)
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>What the kernel before handed over: the files that hold each.</summary>
    private readonly Dictionary<string, int> _handedOver = new(StringComparer.Ordinal);

    /// <summary>What the next kernel gets.</summary>
    public IReadOnlyDictionary<string, int> Outgoing => _counts;

    /// <summary>Takes what the kernel before handed over.</summary>
    public void Receive(IReadOnlyDictionary<string, int> counts)
    {
        foreach ((string name, int count) in counts)
        {
            if (count > 0)
            {
                _handedOver.Add(name, count);
            }
        }
    }

    /// <summary>A file of this kind is about to be preserved: the first of all brings the state with
    /// it.</summary>
    public void Get(ObjectKind kind)
    {
        foreach (SimulatedFlb flb in kernel.Options.Flbs)
        {
            if (Holds(flb, kind))
            {
                _counts[flb.Name] = _counts.GetValueOrDefault(flb.Name) + 1;
                Tell(_counts[flb.Name] == 1, SimulationEventKind.FlbPreserve, flb);
            }
        }
    }

    /// <summary>A file of this kind is not preserved any more; the states go in reverse.</summary>
    public void Put(ObjectKind kind)
    {
        for (int i = kernel.Options.Flbs.Count - 1; i >= 0; i--)
        {
            SimulatedFlb flb = kernel.Options.Flbs[i];
            if (Holds(flb, kind))
            {
                _counts[flb.Name]--;
                Tell(_counts[flb.Name] == 0, SimulationEventKind.FlbUnpreserve, flb);
            }
        }
    }

    /// <summary>What subsystems ask for as they start.</summary>
    public void RetrieveAtBoot()
    {
        foreach (SimulatedFlb flb in kernel.Options.Flbs)
        {
            if (flb.IsRetrievedAtBoot && _handedOver.ContainsKey(flb.Name))
            {
                kernel.Tell(SimulationEventKind.FlbRetrieve, flb.Name);
            }
        }
    }

    /// <summary>An incoming file of this kind is finished.</summary>
    public void Finish(ObjectKind kind)
    {
        for (int i = kernel.Options.Flbs.Count - 1; i >= 0; i--)
        {
            SimulatedFlb flb = kernel.Options.Flbs[i];
            if (Holds(flb, kind) && flb.IsRetrievedAtBoot && _handedOver.TryGetValue(flb.Name, out int count))
            {
                _handedOver[flb.Name] = count - 1;
                Tell(count == 1, SimulationEventKind.FlbFinish, flb);
            }
        }
    }

    private void Tell(bool isSo, SimulationEventKind kind, SimulatedFlb flb)
    {
        if (isSo)
        {
            kernel.Tell(kind, flb.Name);
        }
    }

    private static bool Holds(SimulatedFlb flb, ObjectKind kind)
    {
        foreach (ObjectKind held in flb.Handlers)
        {
            if (held == kind)
            {
                return true;
            }
        }

        return false;
    }
}
