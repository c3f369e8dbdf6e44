using static GraphOrder.DiagnosticCode;

namespace GraphOrder.Tests.Documents;

/// <summary>Session sets with one thing wrong in each.</summary>
internal static class MalformedSets
{
    private const string File = """{ "id": "a", "kind": "file", "session": "s" }""";

    private static readonly string Deep = new('[', 63);

    /// <summary>What is no JSON.</summary>
    public static MalformedCase[] Syntax { get; } =
    [
        new("nothing", EmptyDocument, "¶"),
        new("100,000 bytes of white space", EmptyDocument, "¶" + new string(' ', 100_000)),
        new("white space", EmptyDocument, "¶ \r\n\t\n"),
        new("a byte order mark alone", EmptyDocument, "¶\uFEFF"),
        new("a word behind the document", SyntaxError, Set() + "¶x"),
        new("a second document", SyntaxError, Set() + "\n¶{}"),
        new("a bracket too many", SyntaxError, Set() + "¶}"),
        new("a comma behind the last entry", SyntaxError, """{ "sessions": [ {}, ¶] }"""),
        new("a comma behind the last member", SyntaxError, Set(objects: """{ "id": "a", ¶}""")),
        new("no comma", SyntaxError, Set(objects: """{ "id": "a" ¶"kind": "file" }""")),
        new("no colon", SyntaxError, Set(objects: """{ "id" ¶"a" }""")),
        new("a member without quotes", SyntaxError, Set(objects: """{ ¶id: "a" }""")),
        new("single quotes", SyntaxError, Set(objects: """{ "id": ¶'a' }""")),
        new("a comment", SyntaxError, Set(objects: "¶// none")),
        new("a number with a leading zero", SyntaxError, Set(objects: """{ "bytes": 0¶1 }""")),
        new("not a number", SyntaxError, Set(objects: """{ "bytes": ¶NaN }""")),
        new("a word that is none", SyntaxError, Set(sessions: """{ "created": tr¶ou }""")),
        new("a line end in a string", SyntaxError, Set(objects: "{ \"id\": \"a¶\n\" }")),
        new("an escape that is none", SyntaxError, Set(objects: """{ "id": "a\¶q" }""")),
        new("an escape of three digits", SyntaxError, Set(objects: """{ "id": "a\u12f¶" }""")),
        new("an end inside a list", SyntaxError, """{ "schema": "graphorder/session-set/1", "sessions": [¶"""),
        new("an end inside a string", SyntaxError, """{ "schema": "graphorder/ses¶"""),
        new("nested 64 deep in a member of one's own", NestingTooDeep, $$"""{ "x-deep": {{Deep}}¶[ """),
        new("nested 10,000 deep", NestingTooDeep, $$"""{ "sessions": {{Deep}}¶{{new string('[', 9_936)}} """),
        new("half of a surrogate pair", InvalidUtf8, Set(objects: """{ "id": ¶"a\ud83d" }""")),
        new("UTF-16", InvalidUtf8, "¶{\0}\0"),
        new("the other half", InvalidUtf8, Set(objects: """{ "id": ¶"\ude00 a" }""")),
        new("half of a surrogate pair in a member", InvalidUtf8, Set(objects: """{ ¶"id\ud800": "a" }""")),
    ];

    /// <summary>Objects and what stands in them.</summary>
    public static MalformedCase[] Objects { get; } =
    [
        new("an id twice", DuplicateObject, Set(objects: $"{File}, ¶{File}")),
        new("an empty id", WrongValue, Set(objects: """{ "id": ¶"", "kind": "file", "session": "s" }"""), true),
        new("an id like a session", WrongValue, Set(objects: """{ "id": ¶"session:a", "kind": "flb" }"""), true),
        new("no id", MissingMember, Set(objects: """¶{ "kind": "flb" }"""), true),
        new("no kind", MissingMember, Set(objects: """¶{ "id": "a", "session": "s" }"""), true),
        new("a kind that is none", WrongValue, Object("""
            "kind": ¶"memdf", "session": "s"
            """), true),
        new("a kind of one's own without a name", WrongValue, Object("""
            "kind": ¶"x-", "session": "s"
            """), true),
        new("a member that is not known", UnknownMember, Object("""
            "kind": "flb", ¶"need": []
            """), true),
        new("a member twice", DuplicateMember, Object("""
            "kind": "flb", ¶"kind": "flb"
            """)),
        new("a number for an id", WrongType, Set(objects: """{ "id": ¶7, "kind": "flb" }"""), true),
        new("null for a list", WrongType, Object("\"kind\": \"flb\", \"needs\": ¶null"), true),
        new("a list for an object", WrongType, Set(objects: "¶[]"), true),
        new("a number among ids", WrongType,
            Set(objects: $$"""{{File}}, { "id": "b", "kind": "flb", "needs": [ "a", ¶1 ] }"""), true),
        new("a session that is not there", UnknownSession, Object("\"kind\": \"file\", \"session\": ¶\"t\"")),
        new("needs what is not there", UnknownObject, Object("\"kind\": \"flb\", \"needs\": [ ¶\"b\" ]")),
        new(
            "describes what is not there",
            UnknownObject,
            Object("\"kind\": \"flb\", \"describes\": [ ¶\"b\" ]")),
        new("needs itself", SelfDependency, Object("\"kind\": \"flb\", \"needs\": [ ¶\"a\" ]")),
        new("describes itself", SelfDependency, Object("\"kind\": \"flb\", \"describes\": [ ¶\"a\" ]")),
        new("within what is not there", UnknownObject, Object("\"kind\": \"ioas\", \"within\": ¶\"b\"")),
        new("within itself", InvalidCarrier, Object("\"kind\": \"ioas\", \"within\": ¶\"a\"")),
        new("within what the kernel moves", InvalidCarrier, Set(objects:
            """{ "id": "b", "kind": "flb" }, { "id": "a", "kind": "ioas", "within": ¶"b" }""")),
        new("within what another file carries", InvalidCarrier, Set(objects:
            $$"""{{File}}, { "id": "b", "kind": "ioas", "within": "a" }, { "id": "c", "kind": "hwpt", "within": ¶"b" }""")),
        new("within and a session", SessionAndCarrier, Set(objects:
            $$"""{{File}}, ¶{ "id": "b", "kind": "ioas", "within": "a", "session": "s" }"""), true),
        new("neither within nor a session", NoPlace, Set(objects: """¶{ "id": "a", "kind": "memfd" }"""), true),
        new("a dma-buf by itself", NoPlace, Set(objects: """¶{ "id": "a", "kind": "dma-buf" }"""), true),
        new("a token twice", DuplicateToken, Set(objects: """
            { "id": "a", "kind": "file", "session": "s", "token": "0x1F" },
            { "id": "b", "kind": "file", "session": "s", "token": ¶"31" }
            """)),
        new("a token without a session", WrongValue, Object("\"kind\": \"flb\", \"token\": ¶\"1\""), true),
        new("a token that is a number", WrongType, Object(
            "\"kind\": \"file\", \"session\": \"s\", \"token\": ¶1"),
            true),
        new("a token of letters", WrongValue, Object(
            "\"kind\": \"file\", \"session\": \"s\", \"token\": ¶\"0xg\""),
            true),
        new("a token of no digits", WrongValue, Object(
            "\"kind\": \"file\", \"session\": \"s\", \"token\": ¶\"0x\""),
            true),
        new("a token with a sign", WrongValue, Object(
            "\"kind\": \"file\", \"session\": \"s\", \"token\": ¶\"-1\""),
            true),
        new("a token of 65 bits", NumberOutOfRange, Object(
            "\"kind\": \"file\", \"session\": \"s\", \"token\": ¶\"0x10000000000000000\"")),
        new(
            "bytes of 2^53",
            NumberOutOfRange,
            Object("\"kind\": \"flb\", \"bytes\": ¶9007199254740992"),
            true),
        new("bytes of 400 digits", NumberOutOfRange, Object(
            $"\"kind\": \"flb\", \"bytes\": ¶{new string('9', 400)}"),
            true),
        new("negative bytes", NumberOutOfRange, Object("\"kind\": \"flb\", \"bytes\": ¶-1"), true),
        new("half a byte", WrongValue, Object("\"kind\": \"flb\", \"bytes\": ¶0.5"), true),
        new("bytes with an exponent", WrongValue, Object("\"kind\": \"flb\", \"bytes\": ¶1e3")),
        new("an inode without a device", WrongValue, Object("\"kind\": \"flb\", \"inode\": ¶\"7\""), true),
        new("an inode of letters", WrongValue, Object("\"kind\": \"flb\", \"inode\": ¶\"1:x\""), true),
        new("an inode with a leading zero", WrongValue, Object(
            "\"kind\": \"flb\", \"inode\": ¶\"1:07\""), true),
        new("bytes as text", WrongType, Object("\"kind\": \"flb\", \"bytes\": ¶\"1\""), true),
        new("a seal that is none", WrongValue, Object("\"kind\": \"flb\", \"seals\": [ ¶\"shrunk\" ]"), true),
        new(
            "a cost of no phase",
            UnknownMember,
            Object("\"kind\": \"flb\", \"cost\": { ¶\"finnish\": 1 }"),
            true),
        new("an act without a phase", MissingMember,
            Set(objects: """¶{ "id": "a", "kind": "act", "session": "s" }"""), true),
        new("an act without a session", MissingMember,
            Set(objects: """¶{ "id": "a", "kind": "act", "phase": "preserve" }"""), true),
        new("an act in no phase", WrongValue,
            Object("\"kind\": \"act\", \"session\": \"s\", \"phase\": ¶\"preserv\""), true),
        new("an act at another time", WrongValue,
            Object("\"kind\": \"act\", \"session\": \"s\", \"phase\": \"finish\", \"when\": ¶\"soon\""),
            true),
        new("an act with a token", InvalidAct,
            Set(objects:
                """¶{ "id": "a", "kind": "act", "session": "s", "phase": "finish", "token": "0x1" }"""),
            true),
        new("an act within a file", InvalidAct,
            Set(objects: $$"""{{File}}, ¶{ "id": "b", "kind": "act", "within": "a", "phase": "finish" }"""),
            true),
        new("an act that carries", InvalidCarrier,
            Set(objects: """
                { "id": "a", "kind": "act", "session": "s", "phase": "finish" },
                { "id": "b", "kind": "ioas", "within": ¶"a" }
                """)),
        new("a file with a phase", InvalidAct,
            Set(objects: """¶{ "id": "a", "kind": "memfd", "session": "s", "phase": "finish" }"""), true),
        new("a file that is late", InvalidAct,
            Set(objects: """¶{ "id": "a", "kind": "memfd", "session": "s", "when": "late" }"""), true),
    ];

    /// <summary>Sessions, dependencies, mappings, and the document around them.</summary>
    public static MalformedCase[] Others { get; } =
    [
        new("a list for the document", WrongType, "¶[]", true),
        new("a number for the document", WrongType, "\n ¶7", true),
        new("no schema", MissingMember, """¶{ "sessions": [], "objects": [] }""", true),
        new("another schema", WrongSchema, """{ "schema": ¶"graphorder/plan/1", "sessions": [], "objects": [] }""",
            true),
        new("no sessions", MissingMember, """¶{ "schema": "graphorder/session-set/1", "objects": [] }""", true),
        new("no objects", MissingMember, """¶{ "schema": "graphorder/session-set/1", "sessions": [] }""", true),
        new("a top-level member that is not known", UnknownMember, Set(more: """, ¶"limit": {}"""), true),
        new("a top-level member twice", DuplicateMember, Set(more: """, ¶"objects": []""")),
        new("a session name twice", DuplicateSession, Set(sessions: """{ "name": "s" }, ¶{ "name": "s" }""")),
        new("a session without a name", MissingMember, Set(sessions: """¶{ "created": true }"""), true),
        new("an empty session name", InvalidSessionName, Set(sessions: """{ "name": ¶"" }"""), true),
        new("a session name of 64 bytes", InvalidSessionName, Set(sessions:
            $$"""{ "name": ¶"{{new string('n', 64)}}" }"""), true),
        new("a session name of 33 letters in 66 bytes", InvalidSessionName, Set(sessions:
            $$"""{ "name": ¶"{{new string('é', 33)}}" }""")),
        new("a session name with a NUL", InvalidSessionName, Set(sessions: """{ "name": ¶"a\u0000b" }"""), true),
        new("created behind new", InvalidBeginning,
            Set(sessions: """{ "name": "s" }, ¶{ "name": "t", "created": true }""")),
        new("preserved but not created", InvalidBeginning, Set(File, """¶{ "name": "s", "preserved": [ "a" ] }""")),
        new("preserved in another session", InvalidBeginning, Set(
            File, """{ "name": "t", "created": true, "preserved": [ ¶"a" ] }, { "name": "s" }""")),
        new("preserved twice", InvalidBeginning, Set(
            File, """{ "name": "s", "created": true, "preserved": [ "a", ¶"a" ] }""")),
        new("preserved but not there", UnknownObject,
            Set(sessions: """{ "name": "s", "created": true, "preserved": [ ¶"a" ] }""")),
        new("created as text", WrongType, Set(sessions: """{ "name": "s", "created": ¶"true" }"""), true),
        new("a preserved act", InvalidBeginning,
            Set("""{ "id": "a", "kind": "act", "session": "s", "phase": "finish" }""",
                """{ "name": "s", "created": true, "preserved": [ ¶"a" ] }""")),
        new("a blackout of nothing that is there", UnknownObject,
            Set(Acts, """{ "name": "s", "blackout": [ "pause", ¶"resum" ] }""")),
        new("a blackout without an end", InvalidBlackout,
            Set(Acts, """¶{ "name": "s", "blackout": [ "pause" ] }"""), true),
        new("a blackout the wrong way round", InvalidBlackout,
            Set(Acts, """¶{ "name": "s", "blackout": [ "resume", "pause" ] }""")),
        new("a blackout that never ends", InvalidBlackout,
            Set(Acts, """¶{ "name": "s", "blackout": [ "pause", "pause" ] }""")),
        new("a blackout of another session", InvalidBlackout,
            Set(Acts, """{ "name": "s" }, ¶{ "name": "t", "blackout": [ "pause", "resume" ] }""")),
        new("a blackout of a file", InvalidBlackout,
            Set($$"""{{Acts}}, {{File}}""", """¶{ "name": "s", "blackout": [ "pause", "a" ] }""")),
        new("a dependency without an end", MissingMember, Dependency("""¶{ "dependent": "a" }"""), true),
        new("a dependency on what is not there", UnknownObject, Dependency("""{ "dependent": "a", "on": ¶"b" }""")),
        new("a dependency of what is not there", UnknownObject, Dependency("""{ "dependent": ¶"b", "on": "a" }""")),
        new("a dependency on no session", UnknownSession, Dependency("""{ "dependent": "a", "on": ¶"session:t" }""")),
        new("a dependency on itself", SelfDependency, Dependency("""¶{ "dependent": "a", "on": "a" }""")),
        new("a session on itself", SelfDependency,
            Dependency("""¶{ "dependent": "session:s", "on": "session:s" }""")),
        new("no phases", WrongValue, Dependency("""{ "dependent": "a", "on": "session:s", "phases": ¶[] }"""), true),
        new("a phase that is none", WrongValue, Dependency(
            """{ "dependent": "a", "on": "session:s", "phases": [ "finish", ¶"thaw" ] }"""), true),
        new("a strength that is none", WrongValue, Dependency(
            """{ "dependent": "a", "on": "session:s", "strength": ¶"firm" }"""), true),
        new("a weight of 0", NumberOutOfRange, Dependency(
            """{ "dependent": "a", "on": "session:s", "strength": "soft", "weight": ¶0 }"""), true),
        new("a limit of 0", NumberOutOfRange, Set(more: """, "limits": { "pci": ¶0 }"""), true),
        new("a limit twice", DuplicateMember, Set(more: """, "limits": { "pci": 1, ¶"pci": 1 }""")),
        new("a host fact that is not known", UnknownMember, Set(more: """, "host": { ¶"kernels": "7.3.4" }"""), true),
        new("a range without bytes", MissingMember,
            Set(more: """, "platform": { "mmio": [ ¶{ "physical": "0x0" } ] }"""), true),
        new("a range of no bytes", NumberOutOfRange, Set(more:
            """, "platform": { "mmio": [ { "physical": "0x0", "bytes": ¶0 } ] }"""), true),
        new("an area of no file", UnknownObject, Object("""
            "kind": "flb", "areas": [ { "iova": "0x0", "bytes": 1, "file": ¶"b", "offset": "0x0", "access": "r" } ]
            """)),
        new("an area without an offset", MissingMember, Object("""
            "kind": "flb", "areas": [ ¶{ "iova": "0x0", "bytes": 1, "file": "a", "access": "r" } ]
            """), true),
        new("an access that is none", WrongValue, Object("""
            "kind": "flb", "areas": [ { "iova": "0x0", "bytes": 1, "file": "a", "offset": "0x0", "access": ¶"wr" } ]
            """), true),
        new("an address as a number", WrongType, Object("""
            "kind": "flb", "extents": [ { "offset": "0x0", "physical": ¶4096, "bytes": 1 } ]
            """), true),
        new("a format that is none", WrongValue, Object("""
            "kind": "flb", "pageTable": { "format": ¶"vtd", "topLevel": 3, "root": "0x0" }
            """), true),
        new("a level that is none", NumberOutOfRange, Object("""
            "kind": "flb", "pageTable": { "format": "x86-64", "topLevel": ¶6, "root": "0x0" }
            """), true),
        new("a page table without a root", MissingMember, Object("""
            "kind": "flb", "pageTable": ¶{ "format": "x86-64", "topLevel": 3 }
            """), true),
        new("a granule that is none", WrongValue, Object("""
            "kind": "flb",
            "pageTable": { "format": "arm-lpae-s2", "topLevel": 3, "root": "0x0", "granule": ¶"8K" }
            """), true),
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<MalformedCase> All => [.. Syntax, .. Objects, .. Others];

    /// <summary>All that is JSON.</summary>
    public static IEnumerable<MalformedCase> AllJson => [.. Objects, .. Others];

    private const string Acts = """
        { "id": "pause", "kind": "act", "session": "s", "phase": "preserve" },
        { "id": "resume", "kind": "act", "session": "s", "phase": "retrieve" }
        """;

    private static string Set(
        string objects = "", string sessions = """{ "name": "s" }""", string more = "") => $$"""
        {
          "schema": "graphorder/session-set/1",
          "sessions": [ {{sessions}} ],
          "objects": [ {{objects}} ]{{more}}
        }
        """;

    private static string Object(string members) => Set(objects: $$"""{ "id": "a", {{members}} }""");

    private static string Dependency(string dependency) => Set(objects: File, more: $$"""
        ,
          "dependencies": [ {{dependency}} ]
        """);
}
