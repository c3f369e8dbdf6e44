using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// What the run itself allocates while a guest is paused: from the end of the act that pauses it to the jump,
/// and from the first call in the next kernel to the act that resumes it. Memfds and journal are real; what a
/// live update alone can answer is answered by the test, which allocates nothing.
/// </summary>
[TestFixture]
[Platform("Linux")]
public sealed class PausedAllocationTests
{
    private const int Bytes = 20_480;
    private const int FirstBytesMax = 1 << 10;
    private const int ProgramBytesMax = 1 << 16;

    [Test]
    public void Between_pause_and_resume_a_run_allocates_nothing_once_it_is_warm(
        [Values(1, 9)] int memories, [Values] bool isStable)
    {
        // A process runs one update: the first is what it pays for what the runtime sets up once.
        (long firstOld, long firstNew) = Measure(memories, isStable);
        TestContext.Out.WriteLine($"the first of this process: {firstOld} and {firstNew} bytes");
        Assert.That(firstOld, Is.LessThanOrEqualTo(FirstBytesMax), "from the pause to the jump");
        Assert.That(firstNew, Is.LessThanOrEqualTo(FirstBytesMax), "from the retrieve to the resume");
        (long old, long next) = Measure(memories, isStable);
        Assert.That((old, next), Is.EqualTo((0L, 0L)));
    }

    [Test]
    public void The_program_of_an_act_is_what_allocates()
    {
        ActProgram program = new("/bin/true", TimeSpan.FromMinutes(1));
        Assert.That(program.Run("pause", "vm-01", Phase.Preserve), Is.Null);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(program.Run("resume", "vm-01", Phase.Retrieve), Is.Null);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        TestContext.Out.WriteLine($"one act by a program: {bytes} bytes");
        Assert.That(bytes, Is.InRange(1, ProgramBytesMax));
    }

    private static (long Old, long New) Measure(int count, bool isStable)
    {
        LinuxCalls linux = new();
        UpdatePlan plan = PlanOf(count);
        HashSet<string> stable = isStable ? [.. Ids(count)] : [];
        string folder = Directory.CreateTempSubdirectory("graph-order-paused-").FullName;
        QuietCalls calls = new(linux);
        try
        {
            for (int i = 0; i < count; i++)
            {
                int memory = linux.CreateMemory("ram"u8, MemoryModes.CloseOnExec).Descriptor;
                Assert.That(linux.SetLength(memory, Bytes).IsDone);
                Assert.That(linux.WriteAt(memory, "content"u8, 5000).IsDone);
                calls.Memories.Add(memory);
            }

            string path = Path.Combine(folder, "journal");
            CountingActs acts = new();
            RunOutcome left = RunOld(plan, calls, acts, stable, path);
            Assert.That(left.End, Is.EqualTo(RunEnd.Jumped), left.ToString());
            RunOutcome arrived = RunNew(calls, acts, path);
            Assert.That(arrived.End, Is.EqualTo(RunEnd.Done), arrived.ToString());
            return (calls.AtJump - acts.After["pause"], acts.Before["resume"] - calls.AtRetrieve);
        }
        finally
        {
            calls.Memories.ForEach(memory => linux.Close(memory));
            Directory.Delete(folder, recursive: true);
        }
    }

    private static RunOutcome RunOld(
        UpdatePlan plan, QuietCalls calls, CountingActs acts, HashSet<string> stable, string path)
    {
        using FileJournalStore store = FileJournalStore.Create(path);
        using JournalWriter writer = new(store, TimeProvider.System);
        KernelIdentity kernel = new("7.3.4", "boot-1", 100);
        JournalHeader header = new("an update", CustodyKind.Self, "linux-7.3", kernel);
        writer.Begin(header);
        writer.Document("set", plan.SetText);
        writer.Document("plan", plan.PlanText);
        UpdateDescriptors descriptors = new(plan.Set) { Device = 0 };
        for (int i = 0; i < calls.Memories.Count; i++)
        {
            descriptors[Find(plan, Id(i))] = calls.Memories[i];
        }

        RunContext context = new(calls, descriptors, writer, TimeProvider.System)
        {
            Acts = acts,
            Stable = stable,
        };
        return new OldKernelRun(plan, context, CustodyKind.Self)
            .Run(new Journal(header) { Kernels = [kernel] }, () => File.ReadAllBytes(path));
    }

    private static RunOutcome RunNew(QuietCalls calls, CountingActs acts, string path)
    {
        Journal journal = JournalReader.ReadFile(path);
        using FileJournalStore store = FileJournalStore.Continue(path, journal.Bytes);
        using JournalWriter writer = new(store, TimeProvider.System, journal.Sum);
        KernelIdentity kernel = new("7.3.4", "boot-2", 200);
        writer.Kernel(kernel);
        journal = journal with { Kernels = journal.Kernels.Add(kernel) };
        UpdatePlan plan = UpdatePlan.Of(journal);
        HostState state = RunStates.Of(plan, journal, "boot-2", new SessionSight([], [200], IsWhole: true));
        Assert.That(
            RecoveryPlanner.Recover(plan.Graph, plan.Kernels, state).TryGetRecovery(out Recovery? recovery));
        UpdateDescriptors descriptors = new(plan.Set) { Device = 0, Journal = 0 };
        RunContext context = new(calls, descriptors, writer, TimeProvider.System) { Acts = acts };
        return new NewKernelRun(plan, context, journal).Run(recovery!);
    }

    // Every memfd of the guest is preserved while it is paused, and retrieved before it is resumed.
    private static UpdatePlan PlanOf(int count)
    {
        StringBuilder set = new("""
            { "schema": "graphorder/session-set/1", "sessions": [ { "name": "vm-01" } ], "objects": [
              { "id": "pause", "kind": "act", "session": "vm-01", "phase": "preserve" },
              { "id": "resume", "kind": "act", "session": "vm-01", "phase": "retrieve" }
            """);
        StringBuilder needs = new();
        for (int i = 0; i < count; i++)
        {
            set.Append(CultureInfo.InvariantCulture, $",\n{{ \"id\": \"{Id(i)}\", \"kind\": \"memfd\", ");
            set.Append(CultureInfo.InvariantCulture, $"\"session\": \"vm-01\", \"token\": \"0x{i + 1:x}\" }}");
            needs.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")}\n{{ \"dependent\": \"{Id(i)}\", ");
            needs.Append("\"on\": \"pause\", \"phases\": [ \"preserve\" ] },");
            needs.Append(CultureInfo.InvariantCulture, $"{{ \"dependent\": \"resume\", \"on\": \"{Id(i)}\", ");
            needs.Append("\"phases\": [ \"retrieve\" ] }");
        }

        string document = set.Append(" ], \"dependencies\": [").Append(needs).Append("] }").ToString();
        SessionSet read = SessionSet.Read(new MemoryStream(Encoding.UTF8.GetBytes(document)));
        PlanResult planned = Planner.Plan(read, KernelPair.Linux73);
        Assert.That(planned.TryGetPlan(out Plan? plan));
        using MemoryStream written = new();
        PlanWriter.Write(written, planned);
        return UpdatePlan.Of(read, plan!, document, Encoding.UTF8.GetString(written.ToArray()));
    }

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"vm-01/memory-{number}");

    private static IEnumerable<string> Ids(int count) => Enumerable.Range(0, count).Select(Id);

    private static ObjectId Find(UpdatePlan plan, string id)
    {
        Assert.That(plan.Set.TryFind(id, out ObjectId file));
        return file;
    }

    // Linux, with a live update that does what it is asked for; it allocates nothing.
    private sealed class QuietCalls(LinuxCalls linux) : PassingCalls(linux)
    {
        public List<int> Memories { get; } = [];

        public long AtJump { get; private set; }

        public long AtRetrieve { get; private set; } = -1;

        public override CallResult Control(int descriptor, uint request, Span<byte> argument)
        {
            switch (request)
            {
                case LiveUpdateAbi.RetrieveSession:
                    AtRetrieve = AtRetrieve < 0 ? GC.GetAllocatedBytesForCurrentThread() : AtRetrieve;
                    break;
                case LiveUpdateAbi.RetrieveFile:
                    ulong token = BinaryPrimitives.ReadUInt64LittleEndian(
                        argument[LiveUpdateAbi.TokenOffset..]);
                    BinaryPrimitives.WriteInt32LittleEndian(
                        argument[LiveUpdateAbi.DescriptorOffset..], Memories[(int)token - 1]);
                    break;
            }

            return CallResult.Done();
        }

        public override CallResult Close(int descriptor) => CallResult.Done();

        public override CallResult Jump()
        {
            AtJump = GC.GetAllocatedBytesForCurrentThread();
            return CallResult.Done();
        }
    }

    private sealed class CountingActs : IActRunner
    {
        public Dictionary<string, long> Before { get; } = [];

        public Dictionary<string, long> After { get; } = [];

        public string? Run(string act, string session, Phase phase)
        {
            Before[act] = GC.GetAllocatedBytesForCurrentThread();
            After[act] = 0;
            After[act] = GC.GetAllocatedBytesForCurrentThread();
            return null;
        }
    }
}
