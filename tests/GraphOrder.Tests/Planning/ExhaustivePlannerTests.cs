namespace GraphOrder.Tests.Planning;

/// <summary>
/// Every graph of up to four objects, in every place that they can have (kernel-moved ones too), in every
/// phase set that the design names, against brute force over all orders.
/// </summary>
/// <remarks>
/// Of four objects, every graph in every place has two phase sets, in turn so that every graph and every
/// place has all of them; with GRAPHORDER_LONG=1 each has each.
/// </remarks>
[TestFixture]
public sealed class ExhaustivePlannerTests
{
    private static readonly PhaseSet[] PhaseSets =
    [
        .. Phases.All.ToArray().Select(phase => PhaseSet.Of(phase)),
        PhaseSet.Default,
        PhaseSet.All,
    ];

    private static bool IsLong => Environment.GetEnvironmentVariable("GRAPHORDER_LONG") == "1";

    [TestCase(1, 1)]
    [TestCase(2, 4)]
    [TestCase(3, 20)]
    [TestCase(4, 126)]
    public void Every_place_is_enumerated_once(int objectCount, int expected) =>
        Assert.That(TinySet.All(objectCount, withKernelMoved: false).Count(), Is.EqualTo(expected));

    [Test]
    public void The_verdict_is_that_of_brute_force_and_every_plan_passes_the_verifier(
        [Values(1, 2, 3)] int objectCount,
        [ValueSource(typeof(ModelText), nameof(ModelText.All))] ModelText model) =>
        AssertAll(objectCount, model, TinySet.All(objectCount, withKernelMoved: true), PhaseSets);

    [Test]
    public void An_act_too_in_every_phase_early_and_late(
        [Values(2, 3)] int objectCount,
        [ValueSource(typeof(ModelText), nameof(ModelText.All))] ModelText model) =>
        AssertAll(objectCount, model, TinySet.AllWithAct(objectCount), [PhaseSet.Default, PhaseSet.All]);

    [Test]
    public void Four_objects_too_and_in_Linux_also_those_that_the_kernel_moves(
        [ValueSource(nameof(ModelsOfFour))] ModelText model) =>
        AssertAll(
            4,
            model,
            TinySet.All(4, withKernelMoved: model == ModelText.Linux73),
            PhaseSets,
            stride: IsLong ? 1 : PhaseSets.Length / 2);

    // The orders of linux-next are those of linux-7.3.
    private static IEnumerable<ModelText> ModelsOfFour() =>
        ModelText.All.Where(model => model != ModelText.LinuxNext && model != ModelText.Own);

    // With a stride, a graph in a place has every so-many-th phase set, from another one in the next.
    private static void AssertAll(
        int objectCount, ModelText model, IEnumerable<TinySet> places, PhaseSet[] phaseSets, int stride = 1)
    {
        (int Dependent, int On)[] pairs =
        [
            .. from dependent in Enumerable.Range(0, objectCount)
               from needed in Enumerable.Range(0, objectCount)
               where dependent != needed
               select (dependent, needed),
        ];
        long legal = 0;
        long planned = 0;
        Parallel.ForEach(places, Cores.All, (place, _, index) =>
        {
            BruteForce force = new(place.With([], PhaseSet.Default), model);
            for (int graph = 0; graph < 1 << pairs.Length; graph++)
            {
                (int Dependent, int On)[] chosen = [.. pairs.Where((_, i) => (graph & (1 << i)) != 0)];
                for (long i = (graph + index) % stride; i < phaseSets.Length; i += stride)
                {
                    PhaseSet phases = phaseSets[i];
                    SessionSet set = place.With(chosen, phases);
                    PlanResult result = Planner.Plan(set, model.Kernels);
                    bool expected = force.IsLegal(
                    [
                        .. chosen.Select(pair => (
                            pair.Dependent, pair.On, phases & place.PhasesOf(pair.Dependent, pair.On))),
                    ]);
                    if (result.IsLegal != expected)
                    {
                        Assert.Fail($"places {string.Join(',', place.Places)}, needs "
                            + $"{string.Join(' ', chosen)}, "
                            + $"phases {phases}: planner says {result.IsLegal}, brute force {expected}");
                    }

                    if (result.TryGetPlan(out Plan? plan)
                        && !PlanVerifier.Verify(set, plan, model.Kernels).IsLegal)
                    {
                        Assert.Fail($"places {string.Join(',', place.Places)}, needs "
                            + $"{string.Join(' ', chosen)}, "
                            + $"phases {phases}: the verifier refuses the plan");
                    }

                    Interlocked.Increment(ref planned);
                    Interlocked.Add(ref legal, expected ? 1 : 0);
                }
            }
        });
        TestContext.Out.WriteLine($"{planned:N0} sets, {legal:N0} of them legal");
        Assert.That(legal, Is.GreaterThan(0));
    }
}
