namespace GraphOrder.LiveUpdate;

/// <summary>What is read of a machine, from a folder that is one.</summary>
[TestFixture]
public sealed class RunningHostTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    private string _root = "";

    [SetUp]
    public void MakeRoot() => _root = Directory.CreateTempSubdirectory("graph-order-host").FullName;

    [TearDown]
    public void RemoveRoot() => Directory.Delete(_root, recursive: true);

    [Test]
    public void A_machine_is_told_by_what_does_not_tell_its_id()
    {
        Write("etc/machine-id", Id + "\n");
        string? machine = RunningHost.Read(_root).Machine;
        Assert.That(machine, Does.Match("^[0-9a-f]{32}$").And.Not.EqualTo(Id));
        Assert.That(RunningHost.Read(_root).Machine, Is.EqualTo(machine));
        Write("etc/machine-id", Id[1..] + "0\n");
        Assert.That(RunningHost.Read(_root).Machine, Is.Not.EqualTo(machine));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("uninitialized\n")]
    public void A_machine_without_an_id_is_none(string? text)
    {
        if (text is not null)
        {
            Write("etc/machine-id", text);
        }

        Assert.That(RunningHost.Read(_root).Machine, Is.Null);
    }

    [Test]
    public void What_is_not_seen_is_not_so_only_where_the_kernel_has_sessions()
    {
        Directory.CreateDirectory(Path.Combine(_root, "proc/1/fd"));
        SessionSight blind = RunningHost.Read(_root).Sight;
        Assert.That((blind.IsHeld("vm"), blind.IsAlive(2), blind.IsAlive(1)), Is.EqualTo((null as bool?, null as bool?, true as bool?)));

        Write("dev/liveupdate", "");
        SessionSight seen = RunningHost.Read(_root).Sight;
        Assert.That((seen.IsHeld("vm"), seen.IsAlive(2)), Is.EqualTo((false as bool?, false as bool?)));

        Hold("1", "vm");
        seen = RunningHost.Read(_root).Sight;
        Assert.That((seen.IsHeld("vm"), seen.HolderOf("vm"), seen.IsHeld("other")), Is.EqualTo((true as bool?, 1 as int?, false as bool?)));
    }

    private void Hold(string process, string session)
    {
        Write($"proc/{process}/comm", "luod\n");
        File.CreateSymbolicLink(Path.Combine(_root, $"proc/{process}/fd/3"), $"anon_inode:[luo_session] {session}");
    }

    private void Write(string path, string text)
    {
        string full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
