using System.Text;
using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Documents;

[TestFixture]
public sealed class SessionSetWriterTests
{
    private const int Seed = 11;

    [TestCaseSource(nameof(Samples))]
    public void What_is_written_is_read_back_as_the_same_set(string sample)
    {
        SessionSet set = Read(File.ReadAllBytes(RepositoryFiles.In("tests", "samples", sample)));

        byte[] written = Write(set);

        SessionSet again = Read(written);
        Assert.That(again.Digest, Is.EqualTo(set.Digest));
        Assert.That(Write(again), Is.EqualTo(written));
        Assert.That(again.Dependencies.Select(Meaning), Is.EqualTo(set.Dependencies.Select(Meaning)));
    }

    [Test]
    public void Sets_made_by_a_builder_are_read_back_as_they_were()
    {
        RandomSets sets = new(Seed);
        for (int i = 0; i < 200; i++)
        {
            SessionSet set = sets.Next(objectMax: 40, sessionMax: 5, isOrdered: false);

            Assert.That(Read(Write(set)).Digest, Is.EqualTo(set.Digest), $"seed {Seed}, set {i}");
        }
    }

    [Test]
    public void Sessions_objects_and_dependencies_stand_one_a_line()
    {
        SessionSet set = Read("""
            {"schema":"graphorder/session-set/1","sessions":[{"name":"s"}],"limits":{"pci":4},
             "objects":[{"id":"a","kind":"memfd","session":"s","token":"17","bytes":4096,"seals":["grow","seal"]},
                        {"id":"ä\n","kind":"flb","needs":["a"],"cost":{"finish":7}}],
             "dependencies":[{"dependent":"session:s","on":"ä\n","phases":["finish","preserve"]}]}
            """u8.ToArray());

        Assert.That(Encoding.UTF8.GetString(Write(set)), Is.EqualTo("""
            {
              "schema": "graphorder/session-set/1",
              "limits": {"pci":4},
              "sessions": [
                {"name":"s"}
              ],
              "objects": [
                {"id":"a","kind":"memfd","session":"s","token":"0x11","bytes":4096,"seals":["seal","grow"]},
                {"id":"ä\n","kind":"flb","cost":{"finish":7},"needs":["a"]}
              ],
              "dependencies": [
                {"dependent":"session:s","on":"ä\n","phases":["preserve","finish"]}
              ]
            }

            """));
    }

    [Test]
    public void An_empty_set_is_written_and_read()
    {
        SessionSet empty = new DependencyGraphBuilder().BuildSet();

        Assert.That(Encoding.UTF8.GetString(Write(empty)), Is.EqualTo(
            "{\n  \"schema\": \"graphorder/session-set/1\",\n  \"sessions\": [],\n  \"objects\": []\n}\n"));
        Assert.That(Read(Write(empty)).Digest, Is.EqualTo(empty.Digest));
    }

    [Test]
    public void Ten_thousand_objects_are_written_and_read()
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder().AddSession("s", out SessionId session);
        ObjectId last = default;
        for (int i = 0; i < 10_000; i++)
        {
            builder.AddFile(session, $"vm-{i:D5}/ram", ObjectKind.Memfd, out ObjectId next);
            if (i > 0)
            {
                builder.AddDependency(next, on: last);
            }

            last = next;
        }

        SessionSet set = builder.BuildSet();
        SessionSet again = Read(Write(set));

        Assert.That(again.Objects, Has.Length.EqualTo(10_000));
        Assert.That(again.Dependencies, Has.Length.EqualTo(9_999));
        Assert.That(again.NameOf(new ObjectId(9_999)), Is.EqualTo("vm-09999/ram"));
        Assert.That(again.Digest, Is.EqualTo(set.Digest));
    }

    private static IEnumerable<string> Samples() =>
        RepositoryFiles.Samples(SessionSetReader.Schema).Select(path => Path.GetFileName(path)!);

    private static object Meaning(DeclaredDependency each) => (
        each.Dependent,
        each.On,
        each.Phases,
        each.Strength,
        each.Weight,
        each.Origin.DeclaredBy,
        each.Origin.Why);

    private static SessionSet Read(byte[] utf8) => SessionSet.Read(new MemoryStream(utf8));

    private static byte[] Write(SessionSet set)
    {
        using MemoryStream stream = new();
        SessionSetWriter.Write(stream, set);
        return stream.ToArray();
    }
}
