using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Recovery;

/// <summary>A set of up to four objects with their places, kinds and dependencies as numbers.</summary>
/// <param name="Template">The places.</param>
/// <param name="Kinds">The kind of each object.</param>
/// <param name="Graph">A bit for each ordered pair: the first needs the second.</param>
internal sealed record SmallSet(TinySet Template, ObjectKind[] Kinds, int Graph)
{
    /// <summary>Every set of so many objects.</summary>
    public static IEnumerable<SmallSet> All(int objectCount, ObjectKind[] kinds)
    {
        int pairCount = objectCount * (objectCount - 1);
        foreach (TinySet template in TinySet.All(objectCount, withKernelMoved: true))
        {
            for (int code = 0; code < Math.Pow(kinds.Length, objectCount); code++)
            {
                ObjectKind[] chosen = Choose(code, kinds, template.Places);
                if (chosen.Length == 0)
                {
                    continue;
                }

                for (int graph = 0; graph < 1 << pairCount; graph++)
                {
                    yield return new SmallSet(template, chosen, graph);
                }
            }
        }
    }

    /// <summary>The set itself; every dependency binds in retrieve and finish.</summary>
    public SessionSet ToSet()
    {
        SessionSet set = Template.With(
            Pairs(), PhaseSet.Of(Phase.Preserve, Phase.Retrieve, Phase.Finish));
        return new SessionSet(set.Ids, set.SessionNames)
        {
            Sessions = set.Sessions,
            Objects =
            [
                .. set.Objects.Select(
                    (found, i) => new PreservedObject(Kinds[i], found.Session, found.Carrier)),
            ],
            Dependencies = set.Dependencies,
        };
    }

    /// <summary>The dependencies.</summary>
    public IEnumerable<(int Dependent, int On)> Pairs()
    {
        int bit = 0;
        for (int dependent = 0; dependent < Kinds.Length; dependent++)
        {
            for (int on = 0; on < Kinds.Length; on++)
            {
                if (dependent != on && (Graph & (1 << bit++)) != 0)
                {
                    yield return (dependent, on);
                }
            }
        }
    }

    public override string ToString() =>
        $"places {string.Join(' ', Template.Places)}, kinds {string.Join(' ', Kinds)}, "
        + $"dependencies {string.Join(' ', Pairs())}";

    // What the kernel moves has one kind; of two codes that differ only there one is taken.
    private static ObjectKind[] Choose(int code, ObjectKind[] kinds, int[] places)
    {
        ObjectKind[] chosen = new ObjectKind[places.Length];
        for (int i = 0; i < places.Length; i++, code /= kinds.Length)
        {
            bool isKernelMoved = places[i] < 0;
            if (isKernelMoved && code % kinds.Length != 0)
            {
                return [];
            }

            chosen[i] = isKernelMoved ? ObjectKind.Flb : kinds[code % kinds.Length];
        }

        return chosen;
    }
}
