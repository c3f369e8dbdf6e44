using GraphOrder.Tests.Documents;
using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Verification;

/// <summary>
/// Certificates with one thing changed, in every model; of sets with acts where asked. The seed replays
/// them.
/// </summary>
internal sealed class Mutations
{
    private readonly Random _random;
    private readonly int _seed;
    private readonly bool _withActs;
    private int _next;

    public Mutations(int seed, bool withActs = false)
    {
        _seed = seed;
        _withActs = withActs;
        _random = new Random(seed);
    }

    /// <summary>A plan with its certificate, as a document.</summary>
    public static byte[] Write(Plan plan, DependencyGraph graph, KernelPair kernels) => PlanWriterTests.Write(
        new PlanResult(new Plan(
            plan.Model,
            plan.Input,
            plan.Rules,
            plan.Sessions,
            [.. Phases.All.ToArray().Select(phase => plan[phase])])
        {
            Waived = plan.Waived,
            Certificate = PlanCertificate.Of(graph, kernels),
        }));

    /// <summary>Legal plans with two places swapped, which brute force finds illegal.</summary>
    public List<byte[]> BrokenSwaps(int count) =>
        Reordered(count, isLegal: false, orders => orders.Swapped(_random));

    /// <summary>Legal plans with two places swapped, which brute force finds legal still.</summary>
    public List<byte[]> HarmlessSwaps(int count) =>
        Reordered(count, isLegal: true, orders => orders.Swapped(_random));

    /// <summary>Legal plans with one act at another place, which brute force finds illegal.</summary>
    public List<byte[]> ActsMovedAgainstDependencies(int count) =>
        Reordered(count, isLegal: false, orders => orders.WithActMoved(_random));

    /// <summary>Legal plans with one act at another place, which brute force finds legal still.</summary>
    public List<byte[]> ActsMovedHarmlessly(int count) =>
        Reordered(count, isLegal: true, orders => orders.WithActMoved(_random));

    /// <summary>Legal plans without one act.</summary>
    public List<byte[]> ActsMissing(int count) =>
        ActsChanged(count, (plan, phase, act) => Without(plan, phase, act));

    /// <summary>Legal plans with one act twice in its phase.</summary>
    public List<byte[]> ActsDoubled(int count) =>
        ActsChanged(count, (plan, phase, act) => WithRow(plan, phase, plan[phase].Rows[act]));

    /// <summary>Legal plans with one act in another phase, instead of its own or as well.</summary>
    public List<byte[]> ActsInAnotherPhase(int count) => ActsChanged(count, (plan, phase, act) =>
    {
        Phase other = (Phase)(((int)phase + 1 + _random.Next(Phases.Count - 1)) % Phases.Count);
        Plan left = _random.Next(2) == 0 ? plan : Without(plan, phase, act);
        return WithRow(left, other, plan[phase].Rows[act]);
    });

    /// <summary>Legal plans without one step.</summary>
    public List<byte[]> Missing(int count) => Changed(count, rows =>
    {
        int left = _random.Next(rows.Length);
        return [.. rows[..left], .. rows[(left + 1)..]];
    });

    /// <summary>Legal plans with one step twice.</summary>
    public List<byte[]> Doubled(int count) => Changed(count, rows =>
    {
        int place = _random.Next(rows.Length + 1);
        return [.. rows[..place], rows[_random.Next(rows.Length)], .. rows[place..]];
    });

    /// <summary>Legal plans in which one file has another token, or none.</summary>
    public List<byte[]> WrongTokens(int count) => Changed(count, rows =>
    {
        int[] files = [.. Enumerable.Range(0, rows.Length).Where(row => rows[row].HasToken)];
        if (files.Length == 0)
        {
            return rows;
        }

        int file = files[_random.Next(files.Length)];
        ulong other = rows[file].Token ^ (1UL << _random.Next(64));
        rows[file] = _random.Next(4) == 0
            ? rows[file] with { HasToken = false, Token = 0 }
            : rows[file] with { Token = other };
        return rows;
    });

    /// <summary>Plans with any change of rows or session orders, legal or not.</summary>
    public List<byte[]> ChangedRows(int count)
    {
        List<byte[]> plans = [];
        while (plans.Count < count)
        {
            if (Next(out SessionSet set, out ModelText model, objectMax: 14) is { } plan)
            {
                Phase phase = (Phase)_random.Next(Phases.Count);
                Plan changed = PlanForge.With(
                    plan, phase, rows => rows.Length == 0 ? rows : Change(rows, set));
                plans.Add(Write(changed, DependencyGraph.Of(set), model.Kernels));
            }
        }

        return plans;
    }

    private List<byte[]> Reordered(int count, bool isLegal, Func<SmallOrders, SmallOrders?> change)
    {
        List<byte[]> plans = [];
        while (plans.Count < count)
        {
            if (Next(out SessionSet set, out ModelText model, objectMax: 5) is { } plan
                && change(SmallOrders.Of(set, model, plan)) is { } changed
                && changed.IsLegal == isLegal)
            {
                plans.Add(changed.Write());
            }
        }

        return plans;
    }

    private List<byte[]> ActsChanged(int count, Func<Plan, Phase, int, Plan> change)
    {
        List<byte[]> plans = [];
        while (plans.Count < count)
        {
            if (Next(out SessionSet set, out ModelText model, objectMax: 20) is not { } plan)
            {
                continue;
            }

            (Phase Phase, int Row)[] acts =
            [
                .. from phase in Phases.All.ToArray()
                   from row in Enumerable.Range(0, plan[phase].Count)
                   where plan[phase].Rows[row].IsAct
                   select (phase, row),
            ];
            if (acts.Length > 0)
            {
                (Phase phase, int row) = acts[_random.Next(acts.Length)];
                plans.Add(Write(change(plan, phase, row), DependencyGraph.Of(set), model.Kernels));
            }
        }

        return plans;
    }

    private static Plan Without(Plan plan, Phase phase, int row) =>
        PlanForge.With(plan, phase, rows => [.. rows[..row], .. rows[(row + 1)..]]);

    private Plan WithRow(Plan plan, Phase phase, PlanRow row)
    {
        int place = _random.Next(plan[phase].Count + 1);
        return PlanForge.With(plan, phase, rows => [.. rows[..place], row, .. rows[place..]]);
    }

    // What is changed must differ: a row moved to where it stood is no mutation.
    private List<byte[]> Changed(int count, Func<PlanRow[], PlanRow[]> change)
    {
        List<byte[]> plans = [];
        while (plans.Count < count)
        {
            if (Next(out SessionSet set, out ModelText model, objectMax: 20) is not { } plan)
            {
                continue;
            }

            Phase phase = (Phase)_random.Next(Phases.Count);
            PlanRow[] before = [.. plan[phase].Rows];
            Plan changed = PlanForge.With(plan, phase, rows => rows.Length == 0 ? rows : change(rows));
            if (!changed[phase].Rows.SequenceEqual(before))
            {
                plans.Add(Write(changed, DependencyGraph.Of(set), model.Kernels));
            }
        }

        return plans;
    }

    private PlanRow[] Change(PlanRow[] rows, SessionSet set)
    {
        int row = _random.Next(rows.Length);
        int other = _random.Next(rows.Length);
        switch (_random.Next(8))
        {
            case 0: rows[row] = rows[row] with { Wave = _random.Next(4) }; break;
            case 1: rows[row] = rows[row] with { Session = _random.Next(-1, set.Sessions.Length) }; break;
            case 2 when rows[row].CarriedCount > 0:
                rows[row] = rows[row] with { CarriedCount = rows[row].CarriedCount - 1 };
                break;
            case 3: rows[row] = rows[row] with { Wave = rows[row].Wave + 1 }; break;
            default: (rows[row], rows[other]) = (rows[other], rows[row]); break;
        }

        return rows;
    }

    private Plan? Next(out SessionSet set, out ModelText model, int objectMax)
    {
        int number = _seed * 100_000 + _next++;
        set = new RandomSets(number, _withActs).Next(objectMax, sessionMax: 3, isOrdered: true);
        model = ModelText.All[_next % ModelText.All.Length];
        return Planner.Plan(set, model.Kernels).TryGetPlan(out Plan? plan) ? plan : null;
    }
}
