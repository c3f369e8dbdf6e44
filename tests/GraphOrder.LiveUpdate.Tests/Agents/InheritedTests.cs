using System.Collections.Immutable;
using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// What the service manager passes out of its descriptor store: numbers from 3 up, by name.
/// </summary>
[TestFixture]
public sealed class InheritedTests
{
    private const int Process = 4711;

    private static readonly SessionSet Set = SessionSet.Read(new MemoryStream(Encoding.UTF8.GetBytes("""
        { "schema": "graphorder/session-set/1",
          "sessions": [ { "name": "vm-01" }, { "name": "vm=02" } ],
          "objects": [
            { "id": "vm-01/ram", "kind": "memfd", "session": "vm-01", "token": "0x1" },
            { "id": "a=b", "kind": "memfd", "session": "vm=02", "token": "0x1" } ] }
        """)));

    [Test]
    public void Each_descriptor_has_the_number_of_its_place_whatever_lies_between()
    {
        GivenDescriptors given = Given(
            "4711", "7", "session=vm-01:stored:file=vm-01/ram:session=graphorder:connection:session=vm=02:file=a=b");

        Assert.That(given.Sessions, Is.EqualTo(new[] { "vm-01", "graphorder", "vm=02" }));
        UpdateDescriptors descriptors = given.For(Set, out ImmutableArray<string> foreign);
        Assert.That(foreign, Is.Empty);
        Assert.That(descriptors[Session("vm-01")], Is.EqualTo(3));
        Assert.That(descriptors[File("vm-01/ram")], Is.EqualTo(5));
        Assert.That(descriptors.Journal, Is.EqualTo(6));
        Assert.That(descriptors[Session("vm=02")], Is.EqualTo(8));
        Assert.That(descriptors[File("a=b")], Is.EqualTo(9));
        Assert.That(descriptors.Device, Is.EqualTo(-1));
    }

    [TestCase("1", "1", "session=vm-01", Description = "another process's")]
    [TestCase(null, "1", "session=vm-01")]
    [TestCase("4711", null, "session=vm-01")]
    [TestCase("4711", "0", "session=vm-01")]
    [TestCase("4711", "-1", "session=vm-01")]
    [TestCase("4711", "1", null)]
    [TestCase("4711", "1", "")]
    [TestCase("4711", "1", "vm-01")]
    [TestCase("4711", "1", "=vm-01")]
    [TestCase("4711", "1", "Session=vm-01")]
    public void What_is_not_for_this_process_or_has_no_name_of_ours_is_left_alone(
        string? process, string? count, string? names) =>
        Assert.That(Given(process, count, names).Sessions, Is.Empty);

    [Test]
    public void Names_beyond_the_descriptors_that_there_are_name_nothing() =>
        Assert.That(Given("4711", "1", "session=vm-01:session=vm=02").Sessions, Is.EqualTo(new[] { "vm-01" }));

    [Test]
    public void A_name_that_the_set_has_not_is_told()
    {
        _ = Given("4711", "2", "session=vm-09:file=nothing").For(Set, out ImmutableArray<string> foreign);
        Assert.That(foreign, Is.EqualTo(new[] { "session:vm-09", "nothing" }));
    }

    private static GivenDescriptors Given(string? process, string? count, string? names)
    {
        GivenDescriptors given = new();
        given.AddInherited(
            name => name switch
            {
                "LISTEN_PID" => process,
                "LISTEN_FDS" => count,
                "LISTEN_FDNAMES" => names,
                _ => throw new ArgumentException($"{name} is not asked for."),
            },
            Process);
        return given;
    }

    private static SessionId Session(string name)
    {
        Assert.That(Set.TryFindSession(name, out SessionId session));
        return session;
    }

    private static ObjectId File(string id)
    {
        Assert.That(Set.TryFind(id, out ObjectId file));
        return file;
    }
}
