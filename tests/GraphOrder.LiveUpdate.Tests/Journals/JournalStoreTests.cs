namespace GraphOrder.LiveUpdate.Tests;

/// <summary>Where a journal lies: a file of its owner alone, and the memfd that travels.</summary>
[TestFixture]
public sealed class JournalStoreTests
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("graphorder-journals-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_file_and_its_folder_are_made_for_their_owner_alone()
    {
        string path = Path.Combine(_folder, "one", "journal");
        using (FileJournalStore store = FileJournalStore.Create(path))
        {
            store.Append("one"u8);
            store.Append("two"u8);
            store.Flush();
        }

        Assert.That(File.ReadAllText(path), Is.EqualTo("onetwo"));
        Assert.That(File.GetUnixFileMode(path), Is.EqualTo(OwnersFile));
        Assert.That(
            File.GetUnixFileMode(Path.GetDirectoryName(path)!),
            Is.EqualTo(OwnersFile | UnixFileMode.UserExecute));
    }

    [Test]
    public void What_is_there_is_never_begun_again()
    {
        string path = Path.Combine(_folder, "journal");
        File.WriteAllText(path, "kept");

        Assert.That(() => FileJournalStore.Create(path), Throws.InstanceOf<IOException>());
        Assert.That(() => FileJournalStore.Create(""), Throws.ArgumentException);
        Assert.That(File.ReadAllText(path), Is.EqualTo("kept"));
    }

    [Test]
    public void Going_on_cuts_off_what_was_not_whole()
    {
        string path = Path.Combine(_folder, "journal");
        File.WriteAllText(path, "whole and torn");
        using (FileJournalStore store = FileJournalStore.Continue(path, 5))
        {
            store.Append(", more"u8);
            store.Append("!"u8);
        }

        Assert.That(File.ReadAllText(path), Is.EqualTo("whole, more!"));
    }

    [Test]
    public void What_came_over_takes_the_place_of_what_was_there_and_of_what_was_left_half_way()
    {
        string path = Path.Combine(_folder, "journal");
        File.WriteAllText(path, "older");
        File.WriteAllText(path + ".new", "left by somebody who was killed");
        JournalFile.Place(path, "what came over"u8);
        JournalFile.Place(Path.Combine(_folder, "another"), "first"u8);

        Assert.That(File.ReadAllText(path), Is.EqualTo("what came over"));
        Assert.That(File.GetUnixFileMode(path), Is.EqualTo(OwnersFile));
        Assert.That(
            Directory.GetFiles(_folder).Select(Path.GetFileName), Is.EquivalentTo(new[] { "journal", "another" }));
    }

    [Test]
    public void A_file_is_read_as_its_bytes_are_and_one_that_is_too_long_is_not()
    {
        string path = Path.Combine(_folder, "journal");
        File.Copy(Repository.In("tests", "fixtures", "journals", "update-done.journal"), path);
        Assert.That(JournalReader.ReadFile(path).IsDone, Is.True);
        using (FileStream stream = new(path, FileMode.Create))
        {
            stream.SetLength(JournalReader.BytesMax + 1);
        }

        Assert.That(
            () => JournalReader.ReadFile(path),
            Throws.InstanceOf<JournalException>().With.Message.EqualTo(
                $"has {JournalReader.BytesMax + 1} bytes; at most {JournalReader.BytesMax} are read"));
    }

    [Test]
    public void The_copy_in_memory_has_its_room_and_no_more()
    {
        SimulatedProcess process = new SimulatedKernel().StartProcess();
        MemoryJournalStore store = MemoryJournalStore.Create(process, 8);
        store.Append("12345"u8);
        store.Append("678"u8);
        store.Flush();

        Assert.That(MemoryJournalStore.Read(process, store.Descriptor), Is.EqualTo("12345678"u8.ToArray()));
        Assert.That(
            () => store.Append("9"u8),
            Throws.InstanceOf<IOException>().With.Message.EqualTo(
                "The journal's copy has no room left; it was made for 8 bytes."));
        Assert.That(process.AddSeals(store.Descriptor, Seals.Shrink).IsDone, Is.True, "it can be sealed");
    }

    [Test]
    public void A_copy_that_grows_takes_what_comes_until_it_has_its_last_size()
    {
        SimulatedProcess process = new SimulatedKernel().StartProcess();
        MemoryJournalStore store = MemoryJournalStore.CreateGrowing(process, 4);
        store.Append("1234"u8);
        store.Append("5"u8);
        byte[] more = new byte[100_000];
        more.AsSpan().Fill((byte)'x');
        store.Append(more);
        store.Fix(3);
        store.Append("678"u8);

        byte[] read = MemoryJournalStore.Read(process, store.Descriptor);
        Assert.That(read, Is.EqualTo((byte[])[.. "12345"u8, .. more, .. "678"u8]));
        Assert.That(
            () => store.Append("9"u8),
            Throws.InstanceOf<IOException>().With.Message.EqualTo(
                "The journal's copy has no room left; it was made for 100008 bytes."));
    }

    [Test]
    public void What_is_behind_the_records_is_zero()
    {
        SimulatedProcess process = new SimulatedKernel().StartProcess();
        MemoryJournalStore store = MemoryJournalStore.Create(process, 6);
        store.Append("123"u8);

        Assert.That(MemoryJournalStore.Read(process, store.Descriptor), Is.EqualTo("123\0\0\0"u8.ToArray()));
    }

    [Test]
    public void What_the_kernel_refuses_of_the_copy_is_told()
    {
        SimulatedProcess process = new SimulatedKernel().StartProcess();
        MemoryJournalStore store = MemoryJournalStore.Create(process, 6);
        Assert.That(process.AddSeals(store.Descriptor, Seals.Write).IsDone, Is.True);
        Assert.That(
            () => store.Append("1"u8),
            Throws.InstanceOf<IOException>().With.Message.EqualTo("The journal's copy in memory: EPERM."));
        Assert.That(
            () => MemoryJournalStore.Read(process, 999),
            Throws.InstanceOf<IOException>().With.Message.EqualTo("The journal's copy in memory: EBADF."));
        Assert.That(
            () => MemoryJournalStore.Create(process, -1),
            Throws.InstanceOf<IOException>().With.Message.EqualTo("The journal's copy in memory: EINVAL."));

        int large = process.CreateMemory("m"u8, MemoryModes.None).Descriptor;
        Assert.That(process.SetLength(large, MemoryJournalStore.BytesMax + 1).IsDone, Is.True);
        Assert.That(
            () => MemoryJournalStore.Read(process, large),
            Throws.InstanceOf<IOException>().With.Message.Contains("at most 1073741824 are read"));
    }
}
