namespace GraphOrder;

/// <summary>
/// Many small VMs: a session each with 256 MiB of memory and 2 MiB of state that describes it. 4,000
/// sessions, the default, make 8,000 objects and 8,000 dependencies. Backends, where asked for, are
/// sessions of their own with one state memfd each: a backend needs the memory of its VMs in retrieve (it
/// is handed the descriptor) and finish (it detaches first), and the session of a VM needs its backend's in
/// freeze and unpreserve (the backend still serves while the VM goes down). 8 backends make 4,008 sessions,
/// 8,008 objects and 16,000 dependencies.
/// </summary>
internal static class MicroVmShape
{
    private const int SessionsDefault = 4_000;
    private const long RamBytes = 256L << 20;
    private const long StateBytes = 2L << 20;

    public static SessionSet Make(GeneratorOptions options)
    {
        int vmCount = options.Sessions ?? SessionsDefault;
        int backendCount = Math.Min(options.Backends ?? 0, vmCount);
        DependencyGraphBuilder builder = new();
        ObjectFacts ramFacts = new() { Bytes = RamBytes, Seals = Seals.Seal | Seals.Shrink | Seals.Grow };
        ObjectFacts stateFacts = new() { Bytes = StateBytes };
        (SessionId Session, ObjectId State)[] backends = new (SessionId, ObjectId)[backendCount];
        for (int i = 0; i < backendCount; i++)
        {
            builder
                .AddSession($"backend-{i + 1}", out backends[i].Session)
                .AddFile(
                    backends[i].Session,
                    $"backend-{i + 1}/state",
                    ObjectKind.Memfd,
                    out backends[i].State,
                    1,
                    stateFacts);
        }

        DependencyOrigin shared = new(DependencySource.Declared, default, "backend", "shared guest memory");
        DependencyOrigin served = new(DependencySource.Declared, default, "vmm", "served until it is down");
        for (int i = 0; i < vmCount; i++)
        {
            string vm = $"vm-{i + 1:d4}";
            builder
                .AddSession(vm, out SessionId session)
                .AddFile(session, $"{vm}/ram", ObjectKind.Memfd, out ObjectId ram, 1, ramFacts)
                .AddFile(session, $"{vm}/state", ObjectKind.Memfd, out ObjectId state, 2, stateFacts)
                .AddDescription(state, ram);
            if (backendCount > 0)
            {
                (SessionId backend, ObjectId backendState) = backends[i % backendCount];
                builder
                    .AddDependency(backendState, on: ram, PhaseSet.Of(Phase.Retrieve, Phase.Finish), shared)
                    .AddDependency(session, on: backend, PhaseSet.Of(Phase.Freeze, Phase.Unpreserve), served);
            }
        }

        return builder.BuildSet();
    }
}
