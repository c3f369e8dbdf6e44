namespace GraphOrder.Tests.Live;

[TestFixture]
public sealed class LiveDependencyGraphTests
{
    private static readonly IovaRange Low = new(0, 0xfff);
    private static readonly IovaRange High = new(0x1000, 0x1fff);

    [Test]
    public void A_guest_enters_as_a_whole()
    {
        LiveDependencyGraph live = new(KernelPair.Linux73);
        using (Change change = live.BeginChange())
        {
            SessionId vm = change.AddSession("vm-01"u8);
            ObjectId ram = change.AddFile(vm, "vm-01/ram"u8, ObjectKind.Memfd, token: 1);
            ObjectId iommufd = change.AddFile(vm, "vm-01/iommufd"u8, ObjectKind.Iommufd, token: 2);
            ObjectId ioas = change.AddObject(iommufd, "vm-01/ioas"u8, ObjectKind.Ioas);
            change.Map(ioas, new IovaRange(0, 0xfff_ffff), ram, offset: 0, Access.ReadWrite);
            ChangeResult outcome = change.TryCommit();
            Assert.That((outcome.IsCommitted, outcome.Cycle), Is.EqualTo((true, (DependencyCycle?)null)));
            Assert.That(live.GoesFirst(Phase.Preserve, ram, iommufd), Is.True);
            Assert.That(live.GoesFirst(Phase.Finish, iommufd, ram), Is.True);
        }

        DependencyGraph now = live.Snapshot();
        Assert.That(
            (now.SessionCount, now.ObjectCount, now.DependencyCount), Is.EqualTo((1, 3, 1)));
        Assert.That(now.Set.Objects[2].Facts.Areas[0].Bytes, Is.EqualTo(0x1000_0000));
        Assert.That(now.Dependencies[0].Phases, Is.EqualTo(PhaseSet.Default), "the rule of ioas and memfd");
    }

    [Test]
    public void Areas_declare_a_dependency_as_long_as_there_are_any()
    {
        LiveDependencyGraph live = Host(out ObjectId ram, out ObjectId ioas);
        Assert.That(Committed(live, change => change.Map(ioas, Low, ram, 0, Access.Read)), Is.True);
        Assert.That(Committed(live, change => change.Map(ioas, High, ram, 0x1000, Access.Read)), Is.True);
        Assert.That((live.AreaCount(ioas, ram), live.DependencyCount), Is.EqualTo((2, 1)));
        Assert.That(Committed(live, change => change.Unmap(ioas, Low)), Is.True);
        Assert.That((live.AreaCount(ioas, ram), live.DependencyCount), Is.EqualTo((1, 1)));
        Assert.That(Committed(live, change => change.RemoveDependency(ioas, ram)), Is.True);
        Assert.That(live.DependencyCount, Is.EqualTo(1), "what areas declare, areas withdraw");
        Assert.That(Committed(live, change => change.Unmap(ioas, High)), Is.True);
        Assert.That((live.AreaCount(ioas, ram), live.DependencyCount), Is.EqualTo((0, 0)));
    }

    [Test]
    public void A_file_leaves_with_its_areas_and_an_IOAS_with_its_own()
    {
        LiveDependencyGraph live = Host(out ObjectId ram, out ObjectId ioas);
        Assert.That(Committed(live, change =>
        {
            change.Map(ioas, Low, ram, 0, Access.Read);
            change.Map(ioas, High, ram, 0x1000, Access.Read);
        }), Is.True);
        Assert.That(Committed(live, change => change.RemoveObject(ram)), Is.True);
        Assert.That((live.ObjectCount, live.DependencyCount), Is.EqualTo((2, 0)));
        Assert.That(live.Snapshot().Set.Objects[1].Facts.Areas, Is.Empty);
        Assert.That(Committed(live, change => change.RemoveObject(ioas)), Is.True);
        Assert.That(live.ObjectCount, Is.EqualTo(1));
    }

    [Test]
    public void A_change_that_closes_a_cycle_is_refused_as_a_whole_with_the_cycle()
    {
        LiveDependencyGraph live = new(KernelPair.Linux73);
        SessionId first = default;
        SessionId then = default;
        Assert.That(Committed(live, change =>
        {
            first = change.AddSession("a"u8);
            then = change.AddSession("b"u8);
            ObjectId needed = change.AddFile(first, "a/1"u8, ObjectKind.Memfd, 1);
            change.AddDependency(change.AddFile(then, "b/1"u8, ObjectKind.Memfd, 1), needed);
        }), Is.True);
        DependencyGraph before = live.Snapshot();
        using Change change = live.BeginChange();
        ObjectId added = change.AddFile(then, "b/2"u8, ObjectKind.Memfd, 2);
        change.AddDependency(change.AddFile(first, "a/2"u8, ObjectKind.Memfd, 2), added);
        ChangeResult outcome = change.TryCommit();
        Assert.That(outcome.IsCommitted, Is.False);
        Assert.That(outcome.Diagnostics[0].Code, Is.EqualTo(DiagnosticCode.SessionCycle));
        Assert.That(
            outcome.Cycle!.Steps.Select(step => step.Dependent),
            Is.EquivalentTo(new[] { "b/1", "a/2" }));
        Assert.That(live.Snapshot(), Is.SameAs(before), "nothing has changed");
        Assert.That(live.TryFind("b/2"u8, out _), Is.False);
    }

    [Test]
    public void Only_the_whole_of_a_change_is_judged()
    {
        LiveDependencyGraph live = Host(out ObjectId ram, out ObjectId ioas);
        live.TryFind("iommufd"u8, out ObjectId iommufd);
        Assert.That(Committed(live, change => change.AddDependency(ioas, ram)), Is.True);
        Assert.That(Committed(live, change =>
        {
            change.AddDependency(ram, iommufd);
            change.RemoveDependency(ioas, ram);
        }), Is.True);
        Assert.That(live.GoesFirst(Phase.Retrieve, iommufd, ram), Is.True);
    }

    [Test]
    public void A_change_that_is_disposed_of_never_was()
    {
        LiveDependencyGraph live = Host(out ObjectId ram, out ObjectId ioas);
        DependencyGraph before = live.Snapshot();
        Change change = live.BeginChange();
        change.Map(ioas, Low, ram, 0, Access.Read);
        change.RemoveObject(ram);
        change.AddFile(change.AddSession("b"u8), "ram"u8, ObjectKind.Memfd, 1);
        change.Dispose();
        change.Dispose();
        Assert.That(live.Snapshot(), Is.SameAs(before));
        Assert.That(live.TryFind("ram"u8, out ObjectId found) && found == ram, Is.True);
        Assert.That(() => change.AddSession("c"u8), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void What_the_kernel_has_stays_in_front_and_contradicting_it_is_refused()
    {
        LiveDependencyGraph live = Host(out ObjectId ram, out _);
        live.TryFindSession("vm"u8, out SessionId vm);
        live.TryFind("iommufd"u8, out ObjectId iommufd);
        Assert.That(Committed(live, change =>
        {
            change.Create(vm);
            change.Preserve(iommufd);
        }), Is.True);
        Assert.That(live.GoesFirst(Phase.Preserve, iommufd, ram), Is.True);
        using Change change = live.BeginChange();
        change.AddDependency(iommufd, ram);
        Assert.That(
            change.TryCommit().Diagnostics.Select(found => found.Code),
            Is.EqualTo(new[] { DiagnosticCode.BeginningContradicted }));
        using Change again = live.BeginChange();
        Assert.That(() => again.RemoveObject(iommufd), Throws.ArgumentException);
        Assert.That(() => again.AddObject(iommufd, "x"u8, ObjectKind.Ioas), Throws.ArgumentException);
        Assert.That(() => again.Create(vm), Throws.ArgumentException);
        again.RemoveSession(vm);
        Assert.That(again.TryCommit().IsCommitted, Is.True);
        Assert.That((live.SessionCount, live.ObjectCount), Is.EqualTo((0, 0)));
    }

    [Test]
    public void Sessions_that_the_kernel_has_stand_in_its_order_in_a_snapshot()
    {
        LiveDependencyGraph live = new(KernelPair.Linux73);
        Assert.That(Committed(live, change =>
        {
            SessionId a = change.AddSession("a"u8);
            change.AddSession("b"u8);
            change.Create(change.AddSession("c"u8));
            change.Create(a);
        }), Is.True);
        Assert.That(
            live.Snapshot().Set.Sessions.Select(entry => $"{entry.Name} {entry.Created}"),
            Is.EqualTo(new[] { "c True", "a True", "b False" }));
    }

    [Test]
    public void Misuse_throws_and_changes_nothing()
    {
        LiveDependencyGraph live = Host(out ObjectId ram, out ObjectId ioas);
        live.TryFindSession("vm"u8, out SessionId vm);
        using Change change = live.BeginChange();
        Assert.That(() => live.BeginChange(), Throws.InvalidOperationException);
        Assert.That(() => live.Snapshot(), Throws.InvalidOperationException);
        Assert.That(() => change.AddSession("vm"u8), Throws.ArgumentException);
        Assert.That(() => change.AddSession(""u8), Throws.ArgumentException);
        Assert.That(() => change.AddFile(vm, "ram"u8, ObjectKind.Memfd, 9), Throws.ArgumentException);
        Assert.That(() => change.AddFile(vm, "session:x"u8, ObjectKind.Memfd, 9), Throws.ArgumentException);
        Assert.That(() => change.AddFile(vm, "x"u8, ObjectKind.Memfd, 1), Throws.ArgumentException);
        Assert.That(() => change.AddFile(vm, "x"u8, ObjectKind.Act, 9), Throws.ArgumentException);
        Assert.That(
            () => change.AddFile(new SessionId(7), "x"u8, ObjectKind.Memfd, 9), Throws.ArgumentException);
        Assert.That(() => change.AddObject(ioas, "x"u8, ObjectKind.Hwpt), Throws.ArgumentException);
        Assert.That(() => change.AddKernelObject("x"u8, ObjectKind.Memfd), Throws.ArgumentException);
        Assert.That(() => change.AddAct(vm, "x"u8, Phase.Freeze), Throws.ArgumentException);
        Assert.That(() => change.AddDependency(ram, ram), Throws.ArgumentException);
        Assert.That(() => change.AddDependency(ram, ioas, PhaseSet.None), Throws.ArgumentException);
        Assert.That(() => change.AddNeed(ram, new ObjectId(99)), Throws.ArgumentException);
        Assert.That(() => change.Map(ram, Low, ram, 0, Access.Read), Throws.ArgumentException);
        Assert.That(
            () => change.Map(ioas, new IovaRange(1, 0), ram, 0, Access.Read), Throws.ArgumentException);
        Assert.That(
            () => change.Map(ioas, new IovaRange(0, ulong.MaxValue), ram, 0, Access.Read),
            Throws.ArgumentException);
        Assert.That(() => change.Unmap(ioas, Low), Throws.ArgumentException);
        Assert.That(() => change.Preserve(ram), Throws.ArgumentException);
        change.Map(ioas, new IovaRange(0x1000, 0x2fff), ram, 0, Access.Read);
        foreach (IovaRange over in (IovaRange[])[new(0, 0x1000), new(0x1800, 0x1fff), new(0x2fff, 0x3fff)])
        {
            Assert.That(() => change.Map(ioas, over, ram, 0, Access.Read), Throws.ArgumentException);
        }

        Assert.That(change.TryCommit().IsCommitted, Is.True);
        Assert.That((live.ObjectCount, live.DependencyCount), Is.EqualTo((3, 1)));
        Assert.That(() => live.GoesFirst(Phase.Finish, ram, new ObjectId(9)), Throws.ArgumentException);
    }

    [Test]
    public void A_guest_that_comes_and_goes_allocates_its_changes_and_nothing_else()
    {
        LiveDependencyGraph live = Host(out _, out _);
        for (int i = 0; i < 4; i++)
        {
            ComeAndGo(live);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        ComeAndGo(live);
        long changes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(changes, Is.LessThanOrEqualTo(2 * 64), "two changes");
    }

    private static void ComeAndGo(LiveDependencyGraph live)
    {
        using (Change change = live.BeginChange())
        {
            SessionId vm = change.AddSession("vm-02"u8);
            ObjectId ram = change.AddFile(vm, "vm-02/ram"u8, ObjectKind.Memfd, 1);
            ObjectId iommufd = change.AddFile(vm, "vm-02/iommufd"u8, ObjectKind.Iommufd, 2);
            ObjectId ioas = change.AddObject(iommufd, "vm-02/ioas"u8, ObjectKind.Ioas);
            ObjectId hwpt = change.AddObject(iommufd, "vm-02/hwpt"u8, ObjectKind.Hwpt);
            live.TryFind("ram"u8, out ObjectId other);
            change.AddNeed(hwpt, ioas);
            change.AddDependency(iommufd, other);
            change.Map(ioas, Low, ram, 0, Access.ReadWrite);
            change.TryCommit();
        }

        using Change gone = live.BeginChange();
        live.TryFindSession("vm-02"u8, out SessionId leaving);
        gone.RemoveSession(leaving);
        gone.TryCommit();
    }

    private static bool Committed(LiveDependencyGraph live, Action<Change> steps)
    {
        using Change change = live.BeginChange();
        steps(change);
        return change.TryCommit().IsCommitted;
    }

    private static LiveDependencyGraph Host(out ObjectId ram, out ObjectId ioas)
    {
        LiveDependencyGraph live = new(KernelPair.Linux73);
        using Change change = live.BeginChange();
        SessionId vm = change.AddSession("vm"u8);
        ram = change.AddFile(vm, "ram"u8, ObjectKind.Memfd, 1);
        ObjectId iommufd = change.AddFile(vm, "iommufd"u8, ObjectKind.Iommufd, 2);
        ioas = change.AddObject(iommufd, "ioas"u8, ObjectKind.Ioas);
        Assert.That(change.TryCommit().IsCommitted, Is.True);
        return live;
    }
}
