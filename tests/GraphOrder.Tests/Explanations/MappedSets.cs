namespace GraphOrder.Tests.Explanations;

/// <summary>
/// Small sets in which devices map memfds in every way that a set can say: by needs, by declared
/// dependencies of any phases, by areas, through one another and through kernel-moved objects.
/// </summary>
internal sealed class MappedSets
{
    private static readonly ObjectKind[] FileKinds =
        [ObjectKind.Memfd, ObjectKind.Memfd, ObjectKind.Iommufd, ObjectKind.VfioDevice, ObjectKind.File];

    private static readonly ObjectKind[] CarriedKinds =
        [ObjectKind.Ioas, ObjectKind.IommuDomain, ObjectKind.Hwpt, ObjectKind.Memfd];

    private static readonly ObjectKind[] KernelKinds = [ObjectKind.Flb, ObjectKind.Custom("x-unit")];

    private readonly Random _random;

    public MappedSets(int seed) => _random = new Random(seed);

    /// <summary>One set; dependencies follow a hidden order, so most are legal.</summary>
    public SessionSet Next(int objectMax)
    {
        DependencyGraphBuilder builder = new();
        SessionId[] sessions = new SessionId[_random.Next(1, 4)];
        for (int i = 0; i < sessions.Length; i++)
        {
            builder.AddSession($"s{i}", out sessions[i]);
        }

        List<ObjectId> all = [];
        List<ObjectId> files = [];
        List<ObjectId> memfds = [];
        int count = _random.Next(1, objectMax + 1);
        for (int i = 0; i < count; i++)
        {
            int place = _random.Next(10);
            ObjectKind kind;
            ObjectId added;
            if (place == 0)
            {
                builder.AddKernelObject($"x{i}", Any(KernelKinds), out added);
                kind = ObjectKind.Flb;
            }
            else if (place < 5 && files.Count > 0)
            {
                kind = Any(CarriedKinds);
                builder.AddObject(Any(files), $"c{i}", kind, out added, Facts(kind, memfds));
            }
            else
            {
                kind = _random.Next(8) == 0 ? ObjectKind.Custom("x-dma") : Any(FileKinds);
                builder.AddFile(Any(sessions), $"f{i}", kind, out added, facts: Facts(kind, memfds));
                files.Add(added);
            }

            all.Add(added);
            memfds.AddRange(kind == ObjectKind.Memfd ? [added] : []);
        }

        AddDependencies(builder, all);
        return builder.BuildSet();
    }

    private void AddDependencies(DependencyGraphBuilder builder, List<ObjectId> all)
    {
        for (int i = _random.Next(2 * all.Count); i > 0 && all.Count > 1; i--)
        {
            int dependent = _random.Next(1, all.Count);
            ObjectId on = all[_random.Next(dependent)];
            switch (_random.Next(6))
            {
                case 0: builder.AddDescription(all[dependent], on); break;
                case 1 or 2: builder.AddNeed(all[dependent], on); break;
                default: builder.AddDependency(all[dependent], on, Phases()); break;
            }
        }
    }

    private PhaseSet? Phases()
    {
        PhaseSet phases = PhaseSet.Of((Phase)_random.Next(GraphOrder.Phases.Count));
        return _random.Next(2) == 0 ? null : phases.With((Phase)_random.Next(GraphOrder.Phases.Count));
    }

    private ObjectFacts Facts(ObjectKind kind, List<ObjectId> memfds) => new()
    {
        Seals = kind != ObjectKind.Memfd || _random.Next(5) == 0 ? null : (Seals)_random.Next(0x40),
        CostMicroseconds = _random.Next(2) == 0
            ? []
            : [.. Enumerable.Range(0, GraphOrder.Phases.Count).Select(_ => (long)_random.Next(100))],
        Areas = kind == ObjectKind.Ioas && memfds.Count > 0 && _random.Next(2) == 0
            ? [new IoasArea(0, 4096, Any(memfds), 0, Access.Write)]
            : [],
    };

    private T Any<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];
}
