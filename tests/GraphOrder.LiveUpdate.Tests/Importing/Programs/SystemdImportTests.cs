namespace GraphOrder.LiveUpdate.Tests;

[TestFixture]
public sealed class SystemdImportTests
{
    private const string Mapping = """
        {"version":1,"state":{"kexecsCount":3},"units":{
         "db.service":{"fdstore":[{"type":"fd","name":"pages","token":1},{"type":"fd","name":"pages","token":2}]},
         "vmm@7.service":{"fdstore":[{"type":"luo_session","name":"live","sessionName":"vm-07"},
          {"type":"fd","name":"state","token":3,"later":true}]}}}
        """;

    [Test]
    public void A_mapping_is_imported_as_it_always_was() =>
        Imported.MatchesGolden(SystemdImport.Read(Imported.Source(Mapping)), "systemd.json");

    [Test]
    public void The_mapping_is_preserved_last_and_retrieved_first()
    {
        SessionSet set = HandOverImportTests.Sound(SystemdImport.Read(Imported.Source(Mapping)), out _);
        Assert.That(Planner.Plan(set, KernelPair.Linux73).TryGetPlan(out Plan? plan), Is.True);

        string[] preserved = Names(plan!, Phase.Preserve);
        string[] retrieved = Names(plan!, Phase.Retrieve);
        Assert.That(preserved, Has.Length.EqualTo(4));
        Assert.That(preserved[^1], Is.EqualTo("systemd/mapping"));
        Assert.That(retrieved[0], Is.EqualTo("systemd/mapping"));
        Assert.That(set.Sessions.Select(session => session.Name.Text), Is.EqualTo(new[] { "vm-07", "systemd" }));
    }

    [Test]
    public void What_systemd_shutdown_is_given_has_no_tokens_yet()
    {
        const string text = """
            {"version":1,"units":{"a.service":{"fdstore":[{"type":"fd","name":"n","fd":7}]}}}
            """;
        SessionSet set = HandOverImportTests.Sound(SystemdImport.Read(Imported.Source(text)), out _);

        Assert.That(set.Objects[0].Kind, Is.EqualTo(ObjectKind.File));
        Assert.That(set.Objects[0].DeclaredToken, Is.Null);
    }

    [Test]
    public void No_unit_is_an_empty_set() => Assert.That(
        SystemdImport.Read(Imported.Source("""{"version":1}""")).Diagnostics.Single().Code,
        Is.EqualTo(DiagnosticCode.ImportFoundNothing));

    [TestCase("{", "1:2: GO7020: The file ends too early, so it was cut off: the rest of the JSON is due.")]
    [TestCase("{,}", "1:2: GO7020: Here is something that is no JSON, and JSON is due.")]
    [TestCase("[]", "GO7020: Here is a list, and an object is due.")]
    [TestCase("""{"units":{}}""", "GO7020: Here is nothing, and member 'version' is due.")]
    [TestCase("""{"version":2}""", "GO7020: Here is 2 at version, and version 1 is due.")]
    [TestCase(
        """{"version":1,"units":{"u":{"fdstore":[{"type":"fd","name":"n","token":0}]}}}""",
        "GO7020: Here is 0 at units.u.fdstore[0].token, and a token from 1 up, since 0 is the mapping's is due.")]
    [TestCase(
        """{"version":1,"units":{"u":{"fdstore":[{"type":"pipe","name":"n","token":1}]}}}""",
        "GO7020: Here is 'pipe' at units.u.fdstore[0].type, and 'fd' or 'luo_session' is due.")]
    [TestCase(
        """{"version":1,"units":{"u":{"fdstore":[{"type":"luo_session","name":"n","sessionName":"systemd"}]}}}""",
        "GO7020: Here is 'systemd' at units.u.fdstore[0].sessionName, and the name of a session of a unit's own is due.")]
    public void What_is_wrong_has_its_place(string text, string error) =>
        Assert.That(Imported.Error(SystemdImport.Read(Imported.Source(text))), Is.EqualTo(error));

    [Test]
    public void Two_descriptors_of_one_token_are_refused()
    {
        string text = Mapping.Replace("\"token\":2", "\"token\":1", StringComparison.Ordinal);
        Assert.That(Imported.Error(SystemdImport.Read(Imported.Source(text))), Does.StartWith("GO1015: "));
    }

    [Test]
    public void Changed_mappings_are_refused_or_read() =>
        Imported.Mutate(Mapping, 3000, source => SystemdImport.Read(source));

    private static string[] Names(Plan plan, Phase phase) =>
        [.. plan[phase].Select(step => step.ObjectName).OfType<string>()];
}
