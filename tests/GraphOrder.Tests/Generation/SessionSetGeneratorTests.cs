namespace GraphOrder.Tests.Generation;

[TestFixture]
public sealed class SessionSetGeneratorTests
{
    [TestCase("vm-host", 64, 1_586, 3_216)]
    [TestCase("gpu-vm", 1, 370, 557)]
    [TestCase("microvm", 4_000, 8_000, 8_000)]
    [TestCase("services", 302, 12_210, 2_216)]
    public void A_host_has_the_counts_that_are_stated(
        string shape, int sessions, int objects, int dependencies) =>
        AssertCounts(
            SessionSetGenerator.Generate(shape, GeneratorOptions.Default), sessions, objects, dependencies);

    [Test]
    public void Of_the_dependencies_of_a_vm_host_768_come_from_describes()
    {
        DependencyGraph graph = DependencyGraph.Of(
            SessionSetGenerator.Generate("vm-host", GeneratorOptions.Default));

        int described = 0;
        foreach (Dependency dependency in graph.Dependencies)
        {
            described += dependency.Origin.Source == DependencySource.Describes ? 1 : 0;
        }

        Assert.That(described, Is.EqualTo(768));
    }

    [Test]
    public void Eight_backends_add_what_is_stated()
    {
        SessionSet set = SessionSetGenerator.Generate("microvm", new GeneratorOptions { Backends = 8 });

        AssertCounts(set, 4_008, 8_008, 16_000);
        AssertLegal(set);
    }

    [Test]
    public void A_gpu_vm_without_peer_to_peer_has_the_counts_that_are_stated()
    {
        SessionSet set = SessionSetGenerator.Generate(
            "gpu-vm", new GeneratorOptions { UnmapPeerToPeer = true });

        AssertCounts(set, 1, 350, 517);
        AssertLegal(set);
    }

    [TestCase("vm-host")]
    [TestCase("microvm")]
    [TestCase("services")]
    [TestCase("chain")]
    [TestCase("layered")]
    [TestCase("star")]
    public void A_shape_is_legal(string shape) =>
        AssertLegal(SessionSetGenerator.Generate(shape, GeneratorOptions.Default));

    [TestCase("gpu-vm")]
    [TestCase("cycle")]
    public void A_shape_is_refused_for_its_cycle(string shape)
    {
        PlanResult result = Planner.Plan(
            SessionSetGenerator.Generate(shape, GeneratorOptions.Default), KernelPair.Linux73);

        Assert.That(result.IsLegal, Is.False);
        Assert.That(result.Diagnostics[0].Code, Is.EqualTo(DiagnosticCode.ObjectCycle));
    }

    [Test]
    public void The_peer_to_peer_cycle_is_told_as_it_is()
    {
        PlanResult result = Planner.Plan(
            SessionSetGenerator.Generate("gpu-vm", GeneratorOptions.Default), KernelPair.Linux73);

        Assert.That(
            result.Diagnostics[0].Cycle!.Steps.Select(step => $"{step.Dependent} needs {step.On}"),
            Is.EqualTo(new[]
            {
                "hwpt0 needs ioas",
                "gpu0 needs hwpt0",
                "gpu0/bar needs gpu0",
                "ioas needs gpu0/bar",
            }));
    }

    [Test]
    public void The_same_seed_gives_the_same_set_and_another_one_another()
    {
        Digest DigestOf(ulong seed) =>
            SessionSetGenerator.Generate("layered", new GeneratorOptions { Seed = seed }).Digest;

        Digest first = DigestOf(7);
        Assert.That(DigestOf(7), Is.EqualTo(first));
        Assert.That(DigestOf(8), Is.Not.EqualTo(first));
    }

    [Test]
    public void Every_shape_is_made_in_three_sizes([Values(2, 17, 300)] int size)
    {
        foreach (SetShape shape in SessionSetGenerator.Shapes)
        {
            GeneratorOptions options = new()
            {
                Sessions = shape.Options.Contains("--sessions") && shape.Name != "cycle" ? size : null,
                Objects = shape.Options.Contains("--objects") ? size : null,
            };
            using MemoryStream document = new();
            SessionSet set = SessionSetGenerator.Generate(shape.Name, options);
            SessionSetWriter.Write(document, set);
            document.Position = 0;

            Assert.That(SessionSet.Read(document).Digest, Is.EqualTo(set.Digest), shape.Name);
        }
    }

    [Test]
    public void An_option_that_a_shape_has_no_use_for_is_refused() =>
        Assert.That(
            () => SessionSetGenerator.Generate("chain", new GeneratorOptions { Backends = 8 }),
            Throws.ArgumentException.With.Message.EqualTo("The shape 'chain' has no use for --backends. It takes --objects."));

    [Test]
    public void An_unknown_shape_is_refused() =>
        Assert.That(
            () => SessionSetGenerator.Generate("spiral", GeneratorOptions.Default),
            Throws.ArgumentException.With.Message.EqualTo("There is no shape 'spiral'."));

    private static void AssertCounts(SessionSet set, int sessions, int objects, int dependencies)
    {
        Assert.That(set.Sessions, Has.Length.EqualTo(sessions));
        Assert.That(set.Objects, Has.Length.EqualTo(objects));
        Assert.That(DependencyGraph.Of(set).DependencyCount, Is.EqualTo(dependencies));
    }

    private static void AssertLegal(SessionSet set)
    {
        PlanResult result = Planner.Plan(set, KernelPair.Linux73);
        Assert.That(result.IsLegal, Is.True, () => string.Join(", ", result.Diagnostics.Take(2)));
        VerifyResult verdict = PlanVerifier.Verify(set, result.GetPlanOrThrow());
        Assert.That(verdict.IsLegal, Is.True, () => string.Join(", ", verdict.Diagnostics));
    }
}
