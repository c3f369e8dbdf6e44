using System.Text;

namespace GraphOrder.Tests.Documents;

[TestFixture]
public sealed class SessionSetReaderTests
{
    [Test]
    public void The_example_of_the_contract_is_read_whole()
    {
        SessionSet set = ReadSample("session-set.json");

        Assert.That(
            set.Sessions.Select(session => session.Name.Text), Is.EqualTo(new[] { "vm-01", "vm-02" }));
        IEnumerable<string> ids = Enumerable.Range(0, set.Objects.Length)
            .Select(i => set.NameOf(new ObjectId(i)));
        Assert.That(ids, Is.EqualTo(new[]
        {
            "vm-01/ram", "vm-01/iommufd", "vm-01/ioas", "vm-01/domain", "vm-01/hwpt", "vm-01/state", "vm-02/vhost",
        }));
        Assert.That(References(set, set.Needs), Is.EqualTo(new[]
        {
            "vm-01/iommufd vm-01/ram 8:96", "vm-01/ioas vm-01/ram 9:81", "vm-01/domain vm-01/ram 11:91",
            "vm-01/hwpt vm-01/ioas 13:81", "vm-01/hwpt vm-01/domain 13:95",
        }));
        Assert.That(References(set, set.Describes), Is.EqualTo(new[]
        {
            "vm-01/state vm-01/ram 14:96", "vm-01/state vm-01/iommufd 14:109",
        }));
        Assert.That(set.Limits, Is.EqualTo(new Dictionary<string, int> { ["pci"] = 4 }));
        Assert.That(set.Host, Is.Null);
        Assert.That(set.Platform, Is.Null);
    }

    [Test]
    public void A_dependency_keeps_its_phases_its_reason_and_its_place()
    {
        SessionSet set = ReadSample("session-set.json");

        DeclaredDependency only = set.Dependencies.Single();

        Assert.That(set.NameOf(only.Dependent), Is.EqualTo("vm-02/vhost"));
        Assert.That(set.NameOf(only.On), Is.EqualTo("vm-01/ram"));
        Assert.That(only.Phases, Is.EqualTo(PhaseSet.Of(Phase.Preserve, Phase.Finish)));
        Assert.That(only.Strength, Is.EqualTo(DependencyStrength.Hard));
        Assert.That(only.Weight, Is.Null);
        Assert.That(only.Origin, Is.EqualTo(new DependencyOrigin(
            DependencySource.Declared, new SourceLocation(18, 5), "vmm", "shared vhost memory")));
    }

    [Test]
    public void All_facts_of_objects_are_read()
    {
        SessionSet set = ReadSample("every-member.json");

        ObjectFacts ram = Object(set, "ram").Facts;
        Assert.That(ram.Bytes, Is.EqualTo(1L << 32));
        Assert.That(ram.Seals, Is.EqualTo((Seals)0x3F));
        Assert.That((ram.Inode, ram.Class), Is.EqualTo(("1:4711", "memfd")));
        Assert.That(ram.CostMicroseconds, Is.EqualTo(new long[] { 12000, 5, 4, 3, 3000, 900 }));
        Assert.That(ram.CostPhases, Is.EqualTo(PhaseSet.All));
        Assert.That(ram.Extents, Is.EqualTo(new FileExtent[]
        {
            new(0, 0x1_0000_0000, 1L << 31), new(0x8000_0000, 0x2_0000_0000, 1L << 31),
        }));
        Assert.That(Object(set, "ivshmem").Facts.Seals, Is.EqualTo(Seals.None));
        Assert.That(Object(set, "ivshmem").Facts.Folios, Is.EqualTo("ivshmem.folios"));
        Assert.That(Object(set, "iommufd").Facts.Seals, Is.Null);
        Assert.That(Object(set, "ioas").Facts.Areas, Is.EqualTo(new IoasArea[]
        {
            new(0, 1L << 32, Id(set, "ram"), 0, Access.ReadWrite),
            new(0x10_0000_0000, 1 << 21, Id(set, "ivshmem"), 0, Access.Read),
            new(0x10_0020_0000, 4096, Id(set, "ivshmem"), 0x1000, Access.Write),
        }));
    }

    [Test]
    public void A_page_table_is_read_with_all_its_members()
    {
        PageTableFacts table = Object(ReadSample("every-member.json"), "domain").Facts.PageTable!;

        Assert.That((table.Format, table.TopLevel, table.Root), Is.EqualTo(("arm-lpae-s2", 3, 0x7f000000UL)));
        Assert.That((table.Image, table.Granule, table.RootTables), Is.EqualTo(("host.img", "4K", 2)));
        Assert.That((table.InputBits, table.OutputBits, table.EncryptionBit), Is.EqualTo((40, 48, 47)));
        Assert.That(table.PageSizes, Is.EqualTo(new long[] { 4096, 1 << 21 }));
        Assert.That(table.NestParent, Is.True);
    }

    [Test]
    public void Places_tokens_and_beginnings_are_read()
    {
        SessionSet set = ReadSample("every-member.json");

        Assert.That(Object(set, "ram").Session, Is.EqualTo(new SessionId(0)));
        Assert.That(Object(set, "ioas").Carrier, Is.EqualTo(Id(set, "iommufd")));
        Assert.That(Object(set, "pci0").Session, Is.Null);
        Assert.That(Object(set, "pci0").Carrier, Is.Null);
        Assert.That(Object(set, "ivshmem").DeclaredToken, Is.EqualTo(ulong.MaxValue));
        Assert.That(Object(set, "iommufd").DeclaredToken, Is.Null);
        Assert.That(Object(set, "clock").Kind, Is.EqualTo(ObjectKind.Custom("x-clock")));
        Assert.That(
            set.Sessions.Select(session => session.Created), Is.EqualTo(new[] { true, false, false }));
        Assert.That(set.Sessions[0].Preserved, Is.EqualTo(new[] { Id(set, "ram"), Id(set, "ivshmem") }));
    }

    [Test]
    public void Escapes_are_read_as_the_characters_that_they_stand_for()
    {
        SessionSet set = ReadSample("every-member.json");

        Assert.That(set.TryFind("state \v\u0001\u007f\\ / \"ä€😀", out _), Is.True);
        Assert.That(set.TryFindSession("sessão \"drei\" 😀", out SessionId session), Is.True);
        Assert.That(set.Dependencies[4].Dependent, Is.EqualTo((DependencyEnd)session));
    }

    [Test]
    public void Facts_of_host_and_platform_are_read()
    {
        SessionSet set = ReadSample("every-member.json");

        Assert.That(set.Host, Is.EqualTo(new HostFacts
        {
            Kernel = "7.3.4",
            NextKernel = "7.3.4",
            FreeBytes = 1L << 36,
            KexecMicroseconds = 180_000,
        }));
        Assert.That(set.Platform!.Preserved, Is.EqualTo(new[] { new PhysicalRange(0x7f000000, 1 << 20) }));
        Assert.That(set.Platform.Scratch, Is.EqualTo(new[] { new PhysicalRange(0x40000000, 1 << 26) }));
        Assert.That(set.Platform.Mmio!.Value.IsEmpty, Is.True);
    }

    [Test]
    public void Names_may_be_mentioned_before_what_they_name()
    {
        SessionSet set = Read("""
            { "dependencies": [ { "dependent": "b", "on": "a" } ],
              "objects": [ { "needs": [ "b" ], "within": "b", "kind": "ioas", "id": "a" },
                           { "session": "s", "kind": "iommufd", "id": "b" } ],
              "sessions": [ { "name": "s" } ], "schema": "graphorder/session-set/1" }
            """);

        Assert.That(set.NameOf(new ObjectId(0)), Is.EqualTo("a"));
        Assert.That(set.Needs.Single().Id, Is.EqualTo(new ObjectId(1)));
        Assert.That(set.Objects[0].Carrier, Is.EqualTo(new ObjectId(1)));
    }

    [Test]
    public void An_empty_set_and_a_byte_order_mark_are_fine()
    {
        SessionSet set = Read(
            "\uFEFF{\"schema\":\"graphorder/session-set/1\",\"sessions\":[],\"objects\":[]}");

        Assert.That(set.Objects.IsEmpty && set.Sessions.IsEmpty && set.Dependencies.IsEmpty, Is.True);
    }

    [Test]
    public void The_longest_session_name_has_63_bytes()
    {
        string name = string.Concat(Enumerable.Repeat("é", 31)) + "n";

        SessionSet set = Read($$"""
            { "schema": "graphorder/session-set/1", "sessions": [ { "name": "{{name}}" } ], "objects": [] }
            """);

        Assert.That(set.Sessions[0].Name.Text, Is.EqualTo(name));
    }

    [Test]
    public void All_problems_of_a_document_are_told_at_once_in_the_order_of_their_places()
    {
        MalformedDocumentException refused = Assert.Throws<MalformedDocumentException>(() => Read("""
            {
              "schema": "graphorder/session-set/1",
              "sessions": [ { "name": "" }, 3, { "name": "s", "colour": 1 } ],
              "objects": [
                { "id": "a", "kind": "file", "session": "", "needs": [ "c", 1, "b" ] },
                { "id": "b", "kind": "memfd" },
                { "id": "b", "kind": "flb", "needs": [ "bb" ] }
              ]
            }
            """))!;

        Assert.That(refused.Diagnostics.Select(d => $"{d.Location} {d.Code}"), Is.EqualTo(new[]
        {
            "3:27 InvalidSessionName", "3:33 WrongType", "3:51 UnknownMember",
            "5:60 UnknownObject", "5:65 WrongType", "6:5 NoPlace", "7:5 DuplicateObject", "7:44 UnknownObject",
        }));
        Assert.That(refused.Diagnostics[1].Fact("member"), Is.EqualTo("sessions"));
        Assert.That(refused.Diagnostics[4].Fact("member"), Is.EqualTo("needs"));
    }

    [Test]
    public void Of_a_document_of_another_kind_nothing_else_is_told()
    {
        MalformedDocumentException refused = Assert.Throws<MalformedDocumentException>(() => Read(
            """{ "model": "linux-7.3", "schema": "graphorder/plan/1", "phases": {} }"""))!;
        Assert.That(
            refused.Diagnostics.Select(d => $"{d.Location} {d.Code}"), Is.EqualTo(new[] { "1:35 WrongSchema" }));
    }

    [Test]
    public void A_place_that_cannot_be_read_is_not_also_called_missing()
    {
        MalformedDocumentException refused = Assert.Throws<MalformedDocumentException>(() => Read("""
            { "schema": "graphorder/session-set/1", "sessions": [ { "name": "s" } ],
              "objects": [ { "id": "a", "kind": "memfd", "session": [ "s" ] } ] }
            """))!;
        Assert.That(refused.Diagnostics.Single().Code, Is.EqualTo(DiagnosticCode.WrongType));
    }

    [TestCase("\"objets\": []", "objects")]
    [TestCase("\"Sessions\": []", "sessions")]
    [TestCase("\"dependancies\": []", "dependencies")]
    [TestCase("\"colour\": []", "")]
    public void A_member_that_is_not_known_brings_the_nearest_that_is(string member, string suggestion)
    {
        MalformedDocumentException refused = Assert.Throws<MalformedDocumentException>(() => Read(
            $$"""{ "schema": "graphorder/session-set/1", "sessions": [], "objects": [], {{member}} }"""))!;

        Assert.That(refused.Diagnostics[0].Fact("suggestion"), Is.EqualTo(suggestion));
    }

    [Test]
    public void An_id_that_is_not_there_brings_the_nearest_that_is()
    {
        MalformedDocumentException refused = Assert.Throws<MalformedDocumentException>(() => Read("""
            { "schema": "graphorder/session-set/1", "sessions": [ { "name": "vm-01" } ], "objects": [
              { "id": "vm-01/ram", "kind": "memfd", "session": "vm-1" },
              { "id": "vm-01/iommufd", "kind": "iommufd", "session": "vm-01", "needs": [ "vm-1/ram" ] } ] }
            """))!;

        Assert.That(
            refused.Diagnostics.Select(d => d.Fact("suggestion")), Is.EqualTo(
                new[] { "vm-01", "vm-01/ram" }));
    }

    [Test]
    public void A_dma_buf_by_itself_is_told_that_it_cannot_be_preserved()
    {
        MalformedDocumentException refused = Assert.Throws<MalformedDocumentException>(() => Read("""
            { "schema": "graphorder/session-set/1", "sessions": [],
              "objects": [ { "id": "bar", "kind": "dma-buf" }, { "id": "ram", "kind": "memfd" } ] }
            """))!;

        Assert.That(
            refused.Diagnostics.Select(DiagnosticSentences.WayOut),
            Is.EqualTo(new[]
            {
                "A dma-buf cannot be preserved by itself. "
                    + "Give it a 'session', or the file that carries it as 'within'.",
                "Give it a 'session', or the file that carries it as 'within'.",
            }));
    }

    [Test]
    public void A_hundred_problems_are_listed_and_the_rest_is_counted()
    {
        StringBuilder objects = new();
        for (int i = 0; i < 150; i++)
        {
            objects.Append(i == 0 ? "" : ",").Append("{ \"id\": \"").Append(i).Append(
                "\", \"kind\": \"memfd\" }");
        }

        MalformedDocumentException refused = Assert.Throws<MalformedDocumentException>(() => Read(
            $$"""{ "schema": "graphorder/session-set/1", "sessions": [], "objects": [ {{objects}} ] }"""))!;

        Assert.That(refused.Diagnostics, Has.Length.EqualTo(101));
        Assert.That(refused.Diagnostics[^1].Code, Is.EqualTo(DiagnosticCode.MoreProblems));
        Assert.That(refused.Diagnostics[^1].Fact("count"), Is.EqualTo("50"));
    }

    [Test]
    public void A_cancelled_token_ends_reading()
    {
        using MemoryStream stream = new("{}"u8.ToArray());

        Assert.Throws<OperationCanceledException>(
            () => SessionSet.Read(stream, null, new CancellationToken(canceled: true)));
    }

    // Found by fuzzing: a session that is not there was told of without its place.
    [TestCase("\"session\": ¶\"t\", \"within\": [ \"b\" ]")]
    [TestCase("\"within\": [ \"b\" ], \"session\": ¶\"t\"")]
    [TestCase("\"within\": ¶\"b\", \"session\": 7")]
    public void A_place_that_cannot_be_read_leaves_the_other_ones_location(string members)
    {
        MarkedText marked = new($$"""
            { "schema": "graphorder/session-set/1", "sessions": [ { "name": "s" } ],
              "objects": [ { "id": "a", "kind": "ioas", {{members}} } ] }
            """);

        MalformedDocumentException refused = Assert.Throws<MalformedDocumentException>(
            () => SessionSet.Read(new MemoryStream(marked.Bytes)))!;

        Assert.That(refused.Diagnostics.Select(found => found.Location.IsKnown), Is.All.True);
        Assert.That(refused.Diagnostics.Select(found => found.Location), Has.One.EqualTo(marked.Place));
    }

    private static SessionSet Read(string text) =>
        SessionSet.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static SessionSet ReadSample(string name)
    {
        using FileStream stream = File.OpenRead(RepositoryFiles.In("tests", "samples", name));
        return SessionSet.Read(stream, name);
    }

    private static PreservedObject Object(SessionSet set, string id) => set.Objects[Id(set, id).Index];

    private static ObjectId Id(SessionSet set, string id) =>
        set.TryFind(id, out ObjectId found) ? found : throw new ArgumentException(id);

    private static IEnumerable<string> References(SessionSet set, IEnumerable<ObjectReference> references) =>
        references.Select(each => $"{set.NameOf(each.Owner)} {set.NameOf(each.Id)} {each.Location}");
}
