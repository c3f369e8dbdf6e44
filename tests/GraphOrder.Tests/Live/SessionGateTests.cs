using NUnit.Framework.Constraints;

namespace GraphOrder.Tests.Live;

[TestFixture]
public sealed class SessionGateTests
{
    private const int Seed = 61;

    [Test]
    public void An_HWPT_is_admitted_once_every_file_of_its_IOAS_is_in_its_session()
    {
        SessionGate gate = new(2, 3, 1);
        int[] missing = new int[1];
        gate.Push(0, 1);
        gate.Push(1, 2);

        Assert.That(
            gate.TryAdmit(0, 0, [2, 1, 0], missing, out int count), Is.EqualTo(GateAnswer.MissingFiles));
        Assert.That((count, missing[0]), Is.EqualTo((2, 2)), "more are missing than there is room for");
        Assert.That(gate.Push(0, 0), Is.EqualTo(GateAnswer.Done));
        Assert.That(gate.TryAdmit(0, 0, [0, 1], missing, out count), Is.EqualTo(GateAnswer.Done));
        Assert.That(count, Is.Zero);
    }

    [Test]
    public void A_session_finishes_once_every_admitted_HWPT_is_done()
    {
        SessionGate gate = new(1, 0, 2);
        gate.TryAdmit(0, 0, [], [], out _);
        gate.TryAdmit(0, 1, [], [], out _);

        Assert.That(gate.Finish(0), Is.EqualTo(2));
        Assert.That(gate.Done(0, 1), Is.EqualTo(GateAnswer.Done));
        Assert.That(gate.Finish(0), Is.EqualTo(1));
        Assert.That(gate.Done(0, 0), Is.EqualTo(GateAnswer.Done));
        Assert.That(gate.Finish(0), Is.Zero);
    }

    [Test]
    public void What_comes_twice_or_too_late_is_an_answer_and_changes_nothing()
    {
        SessionGate gate = new(2, 2, 2);

        Assert.That(gate.Done(0, 0), Is.EqualTo(GateAnswer.NotAdmitted));
        Assert.That(gate.Push(0, 0), Is.EqualTo(GateAnswer.Done));
        Assert.That(gate.Push(0, 0), Is.EqualTo(GateAnswer.Already));
        Assert.That(gate.Push(1, 0), Is.EqualTo(GateAnswer.OtherSession));
        Assert.That(gate.TryAdmit(0, 0, [0], [], out _), Is.EqualTo(GateAnswer.Done));
        Assert.That(gate.TryAdmit(0, 0, [0], [], out _), Is.EqualTo(GateAnswer.Already));
        Assert.That(gate.TryAdmit(1, 0, [], [], out _), Is.EqualTo(GateAnswer.OtherSession));
        Assert.That(gate.Done(1, 0), Is.EqualTo(GateAnswer.OtherSession));
        Assert.That(gate.Done(0, 0), Is.EqualTo(GateAnswer.Done));
        Assert.That(gate.Done(0, 0), Is.EqualTo(GateAnswer.Already));
        Assert.That((gate.Finish(0), gate.Finish(0)), Is.EqualTo((0, 0)));
        Assert.That(gate.Push(0, 0), Is.EqualTo(GateAnswer.Finished));
        Assert.That(gate.TryAdmit(0, 1, [0, 1], [], out int count), Is.EqualTo(GateAnswer.Finished));
        Assert.That(count, Is.Zero, "nothing is missing where nothing can be admitted");
    }

    [Test]
    public void A_number_that_was_not_counted_throws()
    {
        SessionGate gate = new(1, 1, 1);

        Assert.That(() => gate.Push(1, 0), NotCounted("session"));
        Assert.That(() => gate.Push(0, -1), NotCounted("file"));
        Assert.That(() => gate.TryAdmit(1, 0, [], [], out _), NotCounted("session"));
        Assert.That(() => gate.TryAdmit(0, 1, [], [], out _), NotCounted("hwpt"));
        Assert.That(() => gate.TryAdmit(0, 0, [1], [], out _), NotCounted("files"));
        Assert.That(() => gate.Done(-1, 0), NotCounted("session"));
        Assert.That(() => gate.Done(0, 1), NotCounted("hwpt"));
        Assert.That(() => gate.Finish(1), NotCounted("session"));
        Assert.That(() => new SessionGate(-1, 0, 0), NotCounted("sessionCount"));
        Assert.That(() => new SessionGate(0, -1, 0), NotCounted("fileCount"));
        Assert.That(() => new SessionGate(0, 0, -1), NotCounted("hwptCount"));
    }

    [Test]
    public void After_set_up_nothing_is_allocated()
    {
        SessionGate gate = new(4, 400, 400);
        Run(gate);
        gate = new(4, 400, 400);

        long before = GC.GetAllocatedBytesForCurrentThread();
        int sum = Run(gate);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That((sum, allocated), Is.EqualTo((400, 0L)));
    }

    [Test]
    public void The_gate_admits_all_exactly_where_each_file_is_in_its_HWPTs_session()
    {
        Random random = new(Seed);
        int admitted = 0;
        for (int i = 0; i < 1_000; i++)
        {
            GateSet set = GateSet.Next(random);
            bool isEachInPlace = set.FilesOfHwpt.Index().All(
                each => each.Item.All(file => set.SessionOfFile[file] == set.SessionOfHwpt[each.Index]));

            // Pushing all first admits whatever any order admits, since nothing is ever taken out.
            bool isAllAdmitted = set.Replay(set.PushesFirst());

            Assert.That(isAllAdmitted, Is.EqualTo(isEachInPlace), $"seed {Seed}, set {i}");
            if (!isEachInPlace)
            {
                continue;
            }

            admitted++;
            Plan plan = Planner.Plan(set.Graph, KernelPair.Linux73).GetPlanOrThrow();
            Assert.That(
                set.Replay(plan[Phase.Preserve].Select(step => step.ObjectName!)),
                Is.True,
                $"seed {Seed}, set {i}: the plan");
            for (int order = 0; order < 5; order++)
            {
                Assert.That(
                    set.Replay(set.RandomLegalOrder(random)),
                    Is.True,
                    $"seed {Seed}, set {i}, order {order}");
            }
        }

        Assert.That(admitted, Is.InRange(100, 900));
    }

    [Test]
    public void Many_threads_leave_what_one_thread_could_have_left()
    {
        const int threadCount = 8;
        const int sessionCount = 4;
        const int count = 2_000;
        SessionGate gate = new(sessionCount, count, count);
        int[] pushed = new int[count];
        int[] admitted = new int[count];
        int[] done = new int[count];
        int[] finished = new int[sessionCount];
        int broken = 0;
        Thread[] threads = new Thread[threadCount];
        for (int t = 0; t < threadCount; t++)
        {
            Random random = new(Seed + t);
            threads[t] = new Thread(() =>
            {
                int[] missing = new int[1];
                for (int i = 0; i < 40_000; i++)
                {
                    int number = random.Next(count);
                    int session = random.Next(sessionCount);
                    switch (random.Next(4))
                    {
                        case 0:
                            Count(pushed, number, gate.Push(session, number));
                            break;
                        case 1:
                            GateAnswer answer = gate.TryAdmit(
                                session, number, [number], missing, out int rest);
                            Count(admitted, number, answer);
                            Count(ref broken, (answer == GateAnswer.MissingFiles) != (rest == 1));
                            break;
                        case 2:
                            Count(done, number, gate.Done(session, number));
                            break;
                        default:
                            // Only late, so that there is something to finish.
                            finished[session] |= i > 39_000 && gate.Finish(session) == 0 ? 1 : 0;
                            break;
                    }
                }
            });
        }

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.That(broken, Is.Zero);
        Assert.That(pushed.Concat(admitted).Concat(done), Is.All.LessThanOrEqualTo(1), "each happens once");
        int open = 0;
        for (int i = 0; i < count; i++)
        {
            Assert.That(pushed[i], Is.GreaterThanOrEqualTo(admitted[i]), "admitted only with its file");
            Assert.That(admitted[i], Is.GreaterThanOrEqualTo(done[i]), "done only when admitted");
            open += admitted[i] - done[i];
        }

        int left = Enumerable.Range(0, sessionCount).Sum(gate.Finish);
        Assert.That(left, Is.EqualTo(open), "what is not done is what is counted");
        for (int session = 0; session < sessionCount; session++)
        {
            Assert.That(finished[session] == 0 || gate.Finish(session) == 0, "what is finished stays so");
        }
    }

    private static EqualStringConstraint NotCounted(string name) => Throws
        .InstanceOf<ArgumentOutOfRangeException>()
        .With.Property(nameof(ArgumentException.ParamName)).EqualTo(name);

    private static void Count(int[] counts, int number, GateAnswer answer)
    {
        if (answer == GateAnswer.Done)
        {
            Interlocked.Increment(ref counts[number]);
        }
    }

    private static void Count(ref int count, bool isSo)
    {
        if (isSo)
        {
            Interlocked.Increment(ref count);
        }
    }

    private static int Run(SessionGate gate)
    {
        int sum = 0;
        Span<int> missing = stackalloc int[1];
        for (int i = 0; i < 400; i++)
        {
            gate.TryAdmit(i % 4, i, [i], missing, out _);
            gate.Push(i % 4, i);
            sum += gate.TryAdmit(i % 4, i, [i], missing, out _) == GateAnswer.Done ? 1 : 0;
            gate.Done(i % 4, i);
        }

        return sum + gate.Finish(0);
    }
}
