namespace GraphOrder.Tests.Planning;

/// <summary>The walk that a refusal tells, against a search through all closed walks.</summary>
[TestFixture]
public sealed class ShortestWalkTests
{
    private static readonly int CaseCount = Effort.Of(20_000);

    [Test]
    public void It_is_the_first_of_the_shortest([Values] bool isReversed)
    {
        int walks = 0;
        int through = 0;
        for (int seed = 0; seed < CaseCount; seed++)
        {
            RandomPrecedence random = new(seed);
            foreach (int[] component in random.Contradictions())
            {
                WalkArc[] told = ShortestWalk.Find(
                    random.Graph, component, isReversed, out bool isShortest, default);

                Assert.That(told, Is.EqualTo(Expected(random, component, isReversed)), $"seed {seed}");
                Assert.That(isShortest, Is.True);
                walks++;
                through += told.Any(arc => arc.Label.IsMembership) ? 1 : 0;
            }
        }

        Assert.That(walks, Is.GreaterThan(CaseCount / 5), "not vacuous");
        Assert.That(through, Is.GreaterThan(CaseCount / 40), "not vacuous");
    }

    [Test]
    public void Beyond_its_limit_it_is_the_first_of_the_shortest_through_the_first_step(
        [Values] bool isReversed)
    {
        int longer = 0;
        for (int seed = 0; seed < CaseCount; seed++)
        {
            RandomPrecedence random = new(seed);
            foreach (int[] component in random.Contradictions())
            {
                long size = (long)component.Length * random.ArcsAmong(component).Count;
                WalkArc[] exact = ShortestWalk.Find(
                    random.Graph, component, isReversed, out bool isExact, default, size);
                WalkArc[] told = ShortestWalk.Find(
                    random.Graph, component, isReversed, out bool isShortest, default, size - 1);

                Assert.That((isExact, isShortest), Is.EqualTo((true, false)), $"seed {seed}");
                Assert.That(exact, Is.EqualTo(Expected(random, component, isReversed)), $"seed {seed}");
                Assert.That(
                    told, Is.EqualTo(Expected(random, component, isReversed, component[0])), $"seed {seed}");
                longer += told.Length > exact.Length ? 1 : 0;
            }
        }

        Assert.That(longer, Is.GreaterThan(CaseCount / 80), "not vacuous");
    }

    [Test]
    public void A_cancelled_token_ends_it()
    {
        PrecedenceGraph graph = new(2);
        graph.AddArc(0, 1, ArcLabel.Fixed);
        graph.AddArc(1, 0, ArcLabel.Fixed);

        Assert.That(
            () => ShortestWalk.Find(graph, [0, 1], false, out _, new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
    }

    // Walks of one length after another, from each step in turn through those that stand later, the least
    // next vertex first.
    private static List<WalkArc> Expected(
        RandomPrecedence random, int[] component, bool isReversed, int? start = null)
    {
        List<WalkArc> arcs = random.ArcsAmong(component);
        if (isReversed)
        {
            arcs = [.. arcs.Select(static arc => new WalkArc(arc.Then, arc.First, arc.Label))];
        }

        arcs.Sort(static (x, y) => x.Then.CompareTo(y.Then));
        Search search = new(arcs, random.Graph.StepCount);
        for (int length = 1; ; length++)
        {
            foreach (int from in start is { } only ? [only] : component.Where(random.Graph.IsStep))
            {
                if (search.TryFind(from, length))
                {
                    return isReversed
                        ? [.. search.Walk.AsEnumerable().Reverse().Select(static arc =>
                            new WalkArc(arc.Then, arc.First, arc.Label))]
                        : search.Walk;
                }
            }
        }
    }

    private sealed class Search(List<WalkArc> arcs, int stepCount)
    {
        public List<WalkArc> Walk { get; } = [];

        public bool TryFind(int start, int length) => TryGoOn(start, start, length);

        private bool TryGoOn(int start, int vertex, int left)
        {
            foreach (WalkArc arc in arcs.Where(arc => arc.First == vertex))
            {
                int rest = left - (arc.Label.IsMembership ? 0 : 1);
                bool isStep = arc.Then < stepCount;
                if (rest < 0 || (isStep && arc.Then < start))
                {
                    continue;
                }

                Walk.Add(arc);
                bool hasMetAnother = Walk.Exists(each => each.Then < stepCount && each.Then != start);
                if (arc.Then == start ? rest == 0 && hasMetAnother : TryGoOn(start, arc.Then, rest))
                {
                    return true;
                }

                Walk.RemoveAt(Walk.Count - 1);
            }

            return false;
        }
    }
}
