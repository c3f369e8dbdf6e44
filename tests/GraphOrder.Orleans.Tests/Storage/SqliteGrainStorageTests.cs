using Orleans.Storage;

namespace GraphOrder.Orleans.Tests;

[TestFixture]
public sealed class SqliteGrainStorageTests
{
    private static readonly GrainId Id = GrainId.Create("host", "rack-1/h 1'");

    private string _file = "";

    [SetUp]
    public void MakeFile() => _file = Path.Combine(Directory.CreateTempSubdirectory("grains").FullName, "fleet.db");

    [TearDown]
    public void RemoveFile() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [Test]
    public async Task What_is_written_is_read_by_the_next_process_and_by_its_own_name_alone()
    {
        using (SqliteGrainStorage storage = Open())
        {
            await storage.WriteStateAsync("a", Id, Of("first"));
            await storage.WriteStateAsync("b", Id, Of("second"));
        }

        using SqliteGrainStorage next = Open();
        Assert.That((await ReadAsync(next, "a")).State!.Word, Is.EqualTo("first"));
        Assert.That((await ReadAsync(next, "b")).State!.Word, Is.EqualTo("second"));
        GrainState<Stored> none = await ReadAsync(next, "c");
        Assert.That((none.RecordExists, none.ETag, none.State!.Word), Is.EqualTo((false, (string?)null, "")));
        using SqliteGrainStorage other = new(_file, "another service", new Words());
        Assert.That((await ReadAsync(other, "a")).RecordExists, Is.False);
    }

    [Test]
    public async Task Who_writes_over_what_another_has_written_is_refused()
    {
        using SqliteGrainStorage storage = Open();
        using SqliteGrainStorage other = Open();
        GrainState<Stored> mine = Of("mine");
        await storage.WriteStateAsync("a", Id, mine);
        GrainState<Stored> theirs = await ReadAsync(other, "a");
        theirs.State!.Word = "theirs";
        await other.WriteStateAsync("a", Id, theirs);

        Assert.That(() => storage.WriteStateAsync("a", Id, mine), Throws.TypeOf<InconsistentStateException>());
        Assert.That(() => storage.WriteStateAsync("a", Id, Of("new")), Throws.TypeOf<InconsistentStateException>());
        Assert.That((await ReadAsync(storage, "a")).State!.Word, Is.EqualTo("theirs"));
    }

    [Test]
    public async Task What_is_cleared_is_gone_and_its_version_goes_on()
    {
        using SqliteGrainStorage storage = Open();
        GrainState<Stored> state = Of("there");
        await storage.WriteStateAsync("a", Id, state);
        string? before = state.ETag;
        await storage.ClearStateAsync("a", Id, state);
        Assert.That((state.RecordExists, state.State!.Word), Is.EqualTo((false, "")));
        Assert.That((await ReadAsync(storage, "a")).RecordExists, Is.False);
        Assert.That(
            () => storage.WriteStateAsync("a", Id, new GrainState<Stored>(new Stored(), before!)),
            Throws.TypeOf<InconsistentStateException>());
        await storage.WriteStateAsync("a", Id, state);
        Assert.That((await ReadAsync(storage, "a")).RecordExists);
    }

    [Test]
    public async Task Many_writes_at_once_are_all_there_and_one_that_is_refused_spoils_no_other()
    {
        using SqliteGrainStorage storage = Open();
        await storage.WriteStateAsync("a", GrainId.Create("host", "7"), Of("before"));
        Task[] writes = [.. Enumerable.Range(0, 200)
            .Select(i => storage.WriteStateAsync("a", GrainId.Create("host", $"{i}"), Of($"{i}")))];
        Assert.That(() => Task.WhenAll(writes), Throws.TypeOf<InconsistentStateException>());
        Assert.That(writes.Count(write => write.IsCompletedSuccessfully), Is.EqualTo(199));
        for (int i = 0; i < 200; i++)
        {
            GrainState<Stored> read = new(new Stored());
            await storage.ReadStateAsync("a", GrainId.Create("host", $"{i}"), read);
            Assert.That(read.State!.Word, Is.EqualTo(i == 7 ? "before" : $"{i}"));
        }
    }

    private static GrainState<Stored> Of(string word) => new(new Stored { Word = word });

    private static async Task<GrainState<Stored>> ReadAsync(SqliteGrainStorage storage, string name)
    {
        GrainState<Stored> state = new(new Stored());
        await storage.ReadStateAsync(name, Id, state);
        return state;
    }

    private SqliteGrainStorage Open() => new(_file, "fleet", new Words());

    private sealed class Stored
    {
        public string Word { get; set; } = "";
    }

    private sealed class Words : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => new(((Stored)(object)input!).Word);

        public T Deserialize<T>(BinaryData input) => (T)(object)new Stored { Word = input.ToString() };
    }
}
