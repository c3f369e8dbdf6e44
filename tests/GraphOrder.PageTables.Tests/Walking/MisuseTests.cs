using NUnit.Framework.Constraints;

namespace GraphOrder.PageTables.Tests;

/// <summary>Misuse throws at the door, with the name of the argument: every way into a walk.</summary>
[TestFixture]
public sealed class MisuseTests
{
    // Nothing is read before the arguments were looked at.
    private static ArenaMemory Memory => default;

    private static readonly WalkFacts Facts = WalkFacts.Unknown;

    private static readonly WalkLimits Limits = WalkLimits.Default;

    [Test]
    public void A_walk_needs_a_root_of_a_level_that_the_format_has()
    {
        foreach (int level in (int[])[1, 5])
        {
            Assert.Multiple(() =>
            {
                Assert.That(() => Walk(level, Facts, Limits, new()), NoSuchLevel());
                Assert.That(() => WalkInParts(level, [default], Facts, Limits, new()), NoSuchLevel());
                Assert.That(() => WalkNaively(level, Facts, Limits), NoSuchLevel());
                Assert.That(() => FindTables(level, Facts, Limits), NoSuchLevel());
            });
        }
    }

    [Test]
    public void A_walk_needs_facts_limits_and_memory_of_its_own()
    {
        const int level = 3;
        WalkWorkspace workspace = new();
        Assert.Multiple(() =>
        {
            Assert.That(() => Walk(level, null!, Limits, workspace), Nothing("facts"));
            Assert.That(() => Walk(level, Facts, null!, workspace), Nothing("limits"));
            Assert.That(() => Walk(level, Facts, Limits, null!), Nothing("workspace"));
            Assert.That(() => WalkInParts(level, null!, Facts, Limits, workspace), Nothing("sinks"));
            Assert.That(() => WalkInParts(level, [default], null!, Limits, workspace), Nothing("facts"));
            Assert.That(() => WalkInParts(level, [default], Facts, null!, workspace), Nothing("limits"));
            Assert.That(() => WalkInParts(level, [default], Facts, Limits, null!), Nothing("workspace"));
            Assert.That(
                () => WalkInParts(level, [], Facts, Limits, workspace),
                Throws.ArgumentException.With.Property(nameof(ArgumentException.ParamName)).EqualTo("sinks"));
            Assert.That(() => WalkNaively(level, null!, Limits), Nothing("facts"));
            Assert.That(() => WalkNaively(level, Facts, null!), Nothing("limits"));
            Assert.That(() => FindTables(level, null!, Limits), Nothing("facts"));
            Assert.That(() => FindTables(level, Facts, null!), Nothing("limits"));
        });
    }

    private static void Walk(int level, WalkFacts facts, WalkLimits limits, WalkWorkspace workspace)
    {
        NothingSink sink = default;
        PageTableWalker.Walk<VtdSecondStage, ArenaMemory, NothingSink>(
            4096, level, Memory, ref sink, facts, limits, workspace, CancellationToken.None);
    }

    private static void WalkInParts(
        int level, NothingSink[] sinks, WalkFacts facts, WalkLimits limits, WalkWorkspace workspace) =>
        PageTableWalker.Walk<VtdSecondStage, ArenaMemory, NothingSink>(
            4096, level, Memory, sinks, facts, limits, workspace, CancellationToken.None);

    private static void WalkNaively(int level, WalkFacts facts, WalkLimits limits)
    {
        NothingSink sink = default;
        NaiveWalker.Walk<VtdSecondStage, ArenaMemory, NothingSink>(
            4096, level, Memory, ref sink, facts, limits, CancellationToken.None);
    }

    private static void FindTables(int level, WalkFacts facts, WalkLimits limits) =>
        PageTableWalker.FindTables<VtdSecondStage, ArenaMemory>(
            4096, level, Memory, facts, limits, CancellationToken.None);

    private static EqualStringConstraint Nothing(string name) => Throws
        .ArgumentNullException.With.Property(nameof(ArgumentException.ParamName)).EqualTo(name);

    private static EqualStringConstraint NoSuchLevel() => Throws
        .InstanceOf<ArgumentOutOfRangeException>()
        .With.Property(nameof(ArgumentException.ParamName)).EqualTo("topLevel");
}
