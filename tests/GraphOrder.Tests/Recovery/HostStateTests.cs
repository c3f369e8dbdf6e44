namespace GraphOrder.Tests.Recovery;

/// <summary>States that cannot be are refused with a sentence, and each has its name.</summary>
[TestFixture]
public sealed class HostStateTests
{
    private static readonly SessionId First = new(0);
    private static readonly ObjectId Ram = new(0);

    [Test]
    public void What_nobody_says_is_held_in_the_new_kernel_and_open_in_the_old_one()
    {
        HostState after = new(Set());
        HostState before = new(Set(), isOldKernel: true);

        Assert.That((after[First], after[Ram]), Is.EqualTo((SessionState.Held, FileState.Untouched)));
        Assert.That((before[First], before[Ram]), Is.EqualTo((SessionState.Open, FileState.Preserved)));
        Assert.That(after.ProcessOf(First), Is.Null);
    }

    [Test]
    public void What_the_kernel_moves_is_untouched_and_what_a_file_carries_is_where_the_file_is()
    {
        HostState state = new(Set(), false, [(First, SessionState.Finished, 7)], []);

        Assert.That(state[new ObjectId(1)], Is.EqualTo(FileState.Finished), "carried");
        Assert.That(state[new ObjectId(2)], Is.EqualTo(FileState.Untouched), "moved by the kernel");
        Assert.That(state.ProcessOf(First), Is.EqualTo(7));
    }

    [TestCase(1)]
    [TestCase(-1)]
    [TestCase(int.MaxValue)]
    public void A_session_of_another_set_is_refused(int index) => Refused(
        "A session is not the set's.", false, (new SessionId(index), SessionState.Held), null);

    [TestCase(SessionState.Open, false)]
    [TestCase(SessionState.Closed, false)]
    [TestCase(SessionState.Held, true)]
    [TestCase(SessionState.Retrieved, true)]
    [TestCase(SessionState.Finished, true)]
    [TestCase(SessionState.Lost, true)]
    public void A_session_in_a_state_of_the_other_kernel_is_refused(
        SessionState state, bool isOld) => Refused(
        "A session is in a state of the other kernel.", isOld, (First, state), null);

    [TestCase(3)]
    [TestCase(-1)]
    [TestCase(int.MaxValue)]
    public void A_file_of_another_set_is_refused(int index) => Refused(
        "A file is not the set's.", false, null, (new ObjectId(index), FileState.Lost));

    [TestCase(1)]
    [TestCase(2)]
    public void A_state_of_what_is_no_file_is_refused(int index) => Refused(
        "Only a file has a state; what it carries has the same.",
        false,
        null,
        (new ObjectId(index), FileState.Lost));

    [TestCase(SessionState.Held, "untouched lost")]
    [TestCase(SessionState.Retrieved, "untouched retrieved failed finished lost")]
    [TestCase(SessionState.Finished, "failed finished lost")]
    [TestCase(SessionState.Lost, "lost")]
    [TestCase(SessionState.Open, "untouched preserved frozen unfrozen dead")]
    [TestCase(SessionState.Closed, "untouched dead")]
    public void A_session_allows_its_files_these_states_and_no_other(SessionState session, string allowed)
    {
        bool isOld = session.IsOfOldKernel();
        foreach (FileState file in Enum.GetValues<FileState>())
        {
            if (allowed.Split(' ').Contains(file.Name()))
            {
                HostState state = new(Set(), isOld, [(First, session, null)], [(Ram, file)]);
                Assert.That(state[Ram], Is.EqualTo(file));
            }
            else
            {
                Refused(
                    "A file is in a state that its session's excludes.", isOld, (First, session), (Ram, file));
            }
        }
    }

    [Test]
    public void The_states_have_these_names_in_this_order()
    {
        Assert.That(
            HostStates.SessionsOf(oldKernel: false).Select(state => state.Name()),
            Is.EqualTo(new[] { "held", "retrieved", "finished", "lost" }));
        Assert.That(
            HostStates.SessionsOf(oldKernel: true).Select(state => state.Name()),
            Is.EqualTo(new[] { "open", "closed" }));
        Assert.That(
            HostStates.FilesOf(oldKernel: false).Select(state => state.Name()),
            Is.EqualTo(new[] { "untouched", "retrieved", "failed", "finished", "lost" }));
        Assert.That(
            HostStates.FilesOf(oldKernel: true).Select(state => state.Name()),
            Is.EqualTo(new[] { "untouched", "preserved", "frozen", "unfrozen", "dead" }));
    }

    private static void Refused(
        string because,
        bool isOldKernel,
        (SessionId Session, SessionState State)? session,
        (ObjectId File, FileState State)? file)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => _ = new HostState(
            Set(),
            isOldKernel,
            session is { } one ? [(one.Session, one.State, null)] : [],
            file is { } other ? [other] : []))!;
        Assert.That(refused.Message, Is.EqualTo(because));
    }

    // A file, what it carries, and what the kernel moves.
    private static SessionSet Set() => new DependencyGraphBuilder()
        .AddSession("s", out SessionId session)
        .AddFile(session, "ram", ObjectKind.Memfd, out ObjectId ram)
        .AddObject(ram, "part", ObjectKind.Ioas, out _)
        .AddKernelObject("x", ObjectKind.Flb, out _)
        .BuildSet();
}
