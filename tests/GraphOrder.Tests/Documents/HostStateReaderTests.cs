using System.Text;
using static GraphOrder.DiagnosticCode;

namespace GraphOrder.Tests.Documents;

[TestFixture]
public sealed class HostStateReaderTests
{
    private static readonly SessionSet Set = ReadSet();

    [Test]
    public void What_is_not_named_follows_from_its_session()
    {
        HostState state = Read("""
            { "schema": "graphorder/state/1",
              "sessions": [ { "name": "vm-01", "state": "finished", "process": 7, "x-note": [] } ] }
            """);

        Assert.That(state[Session("vm-01")], Is.EqualTo(SessionState.Finished));
        Assert.That(state.ProcessOf(Session("vm-01")), Is.EqualTo(7));
        Assert.That(state[Session("vm-02")], Is.EqualTo(SessionState.Held));
        Assert.That(state[Object("vm-01/hwpt")], Is.EqualTo(FileState.Finished));
        Assert.That(state[Object("vm-02/vhost")], Is.EqualTo(FileState.Untouched));
    }

    [Test]
    public void In_the_old_kernel_what_is_not_named_is_open_and_preserved()
    {
        HostState state = Read("""
            { "objects": [ { "id": "vm-01/ram", "state": "unfrozen" } ], "kernel": "old",
              "schema": "graphorder/state/1" }
            """);

        Assert.That(state.IsOldKernel, Is.True);
        Assert.That(state[Session("vm-01")], Is.EqualTo(SessionState.Open));
        Assert.That(state[Object("vm-01/ram")], Is.EqualTo(FileState.Unfrozen));
        Assert.That(state[Object("vm-01/state")], Is.EqualTo(FileState.Preserved));
    }

    [TestCaseSource(nameof(Malformed))]
    public void Each_kind_of_mistake_is_one_problem_with_its_place(MalformedCase malformed)
    {
        MarkedText text = new(malformed.Marked);

        MalformedDocumentException refused = Assert.Throws<MalformedDocumentException>(
            () => HostStateReader.Read(new MemoryStream(text.Bytes), Set, "state.json"))!;

        Assert.That(
            refused.Diagnostics.Select(d => d.Code), Is.EqualTo(new[] { malformed.Code }), refused.Message);
        Assert.That(refused.Diagnostics[0].Location, Is.EqualTo(text.Place), refused.Message);
        Assert.That(DiagnosticSentences.WayOut(refused.Diagnostics[0]), Does.EndWith("."));
    }

    [Test]
    public void A_misspelt_name_gets_a_suggestion()
    {
        MalformedDocumentException refused = Assert.Throws<MalformedDocumentException>(() => Read("""
            { "schema": "graphorder/state/1", "sessions": [ { "name": "vm-1", "state": "hold" } ] }
            """))!;

        Assert.That(DiagnosticSentences.WayOut(refused.Diagnostics[0]), Does.StartWith("Did you mean 'vm-"));
    }

    [Test]
    public void Every_truncation_is_refused()
    {
        byte[] whole = File.ReadAllBytes(RepositoryFiles.In(
            "tests", "samples", "states", "session-set.state.json"));
        for (int length = 1; length <= whole.Length - 2; length++)
        {
            byte[] cut = whole[..length];
            MalformedDocumentException refused = Assert.Throws<MalformedDocumentException>(
                () => HostStateReader.Read(new MemoryStream(cut), Set), $"cut to {length} bytes")!;
            Assert.That(refused.Diagnostics.Single().Code, Is.EqualTo(SyntaxError), $"cut to {length} bytes");
        }
    }

    internal static IEnumerable<MalformedCase> Malformed() =>
    [
        new("nothing", EmptyDocument, "¶"),
        new("a comma too many", SyntaxError, Sessions("{ \"name\": \"vm-01\", ¶} ")),
        new("no schema", MissingMember, "¶{ \"sessions\": [] }", true),
        new("another schema", WrongSchema, "{ \"schema\": ¶\"graphorder/plan/1\" }", true),
        new("an unknown member", UnknownMember,
            "{ \"schema\": \"graphorder/state/1\", ¶\"session\": [] }", true),
        new("sessions twice", DuplicateMember,
            "{ \"schema\": \"graphorder/state/1\", \"sessions\": [], ¶\"sessions\": [] }"),
        new("a list that is none", WrongType,
            "{ \"schema\": \"graphorder/state/1\", \"objects\": ¶{} }", true),
        new("a third kernel", WrongValue,
            "{ \"schema\": \"graphorder/state/1\", \"kernel\": ¶\"odd\" }", true),
        new("a session without a state", MissingMember, Sessions("¶{ \"name\": \"vm-01\" }"), true),
        new("a session that is not there", UnknownSession,
            Sessions("{ \"name\": ¶\"vm-1\", \"state\": \"held\" }")),
        new("a state of the other kernel", WrongValue,
            Sessions("{ \"name\": \"vm-01\", \"state\": ¶\"open\" }")),
        new("a session twice", StateRepeated, Sessions(
            "{ \"name\": \"vm-01\", \"state\": \"held\" }, { \"name\": ¶\"vm-01\", \"state\": \"held\" }")),
        new("a process that is none", NumberOutOfRange,
            Sessions("{ \"name\": \"vm-01\", \"state\": \"held\", \"process\": ¶0 }"), true),
        new("an object that is not there", UnknownObject,
            Objects("{ \"id\": ¶\"vm-01/rom\", \"state\": \"lost\" }")),
        new("a state of a carried object", StateOfNoFile,
            Objects("{ \"id\": ¶\"vm-01/ioas\", \"state\": \"lost\" }")),
        new("a file retrieved from a held session", StateContradicted,
            Objects("{ \"id\": \"vm-01/ram\", \"state\": ¶\"retrieved\" }")),
        new("a state that is none", WrongValue,
            Objects("{ \"id\": \"vm-01/ram\", \"state\": ¶\"retreived\" }"), true),
    ];

    private static string Sessions(string entries) =>
        $$"""{ "schema": "graphorder/state/1", "sessions": [ {{entries}} ] }""";

    private static string Objects(string entries) =>
        $$"""{ "schema": "graphorder/state/1", "objects": [ {{entries}} ] }""";

    private static HostState Read(string json) =>
        HostStateReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), Set, "state.json");

    private static SessionId Session(string name) =>
        Set.TryFindSession(name, out SessionId id) ? id : throw new ArgumentException(name);

    private static ObjectId Object(string name) =>
        Set.TryFind(name, out ObjectId id) ? id : throw new ArgumentException(name);

    private static SessionSet ReadSet()
    {
        using FileStream stream = File.OpenRead(RepositoryFiles.In("tests", "samples", "session-set.json"));
        return SessionSet.Read(stream);
    }
}
