using System.Text;
using System.Text.Json;

namespace GraphOrder.Orleans.Tests;

[TestFixture]
public sealed class FileEventLogTests
{
    private string _file = "";

    [SetUp]
    public void MakeFolder() => _file = Path.Combine(Directory.CreateTempSubdirectory("events").FullName, "events.jsonl");

    [TearDown]
    public void RemoveFolder() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    // What another process sees is what outlives this one.
    [Test]
    public void Lines_are_in_the_file_when_it_returns()
    {
        using FileEventLog log = new(_file);
        log.Append([Of("a", 1), Of("a", 2)]);
        Assert.That(Names(), Is.EqualTo(new[] { "a 1", "a 2" }));
        log.Append([]);
        log.Append([Of("b", 1)]);
        Assert.That(Names(), Is.EqualTo(new[] { "a 1", "a 2", "b 1" }));
    }

    [Test]
    public void Only_one_has_it_at_a_time()
    {
        using (FileEventLog log = new(_file))
        {
            Assert.That(() => new FileEventLog(_file), Throws.InstanceOf<IOException>());
            log.Append([Of("a", 1)]);
        }

        using FileEventLog next = new(_file);
        next.Append([Of("a", 2)]);
        Assert.That(Names(), Is.EqualTo(new[] { "a 1", "a 2" }));
    }

    [TestCase("", 1)]
    [TestCase("{\"grain\":\"host/a\",\"seq", 1)]
    [TestCase("{\"grain\":\"host/x\",\"sequence\":1}\n", 2)]
    [TestCase("{\"grain\":\"host/x\",\"sequence\":1}\n{\"grain\":\"ho", 2)]
    public void What_was_cut_off_when_its_process_was_killed_does_not_spoil_the_next_line(
        string before, int count)
    {
        File.WriteAllText(_file, before);
        using FileEventLog log = new(_file);
        log.Append([Of("a", 1)]);
        Assert.That(Names(), Has.Length.EqualTo(count).And.Some.EqualTo("a 1"));
    }

    [TestCase(4095)]
    [TestCase(4096)]
    [TestCase(9000)]
    public void A_long_line_that_was_cut_off_goes_whole(int length)
    {
        File.WriteAllText(_file, "{\"grain\":\"host/x\",\"sequence\":1}\n" + new string('x', length));
        using FileEventLog log = new(_file);
        log.Append([Of("a", 1)]);
        Assert.That(Names(), Is.EqualTo(new[] { "x 1", "a 1" }));
    }

    [Test]
    public void Many_at_once_give_whole_lines_and_each_its_own_in_order()
    {
        const int Writers = 8;
        const int Each = 500;
        using FileEventLog log = new(_file);
        Parallel.For(0, Writers, new ParallelOptions { MaxDegreeOfParallelism = Writers }, writer =>
        {
            for (int i = 1; i < Each; i += 2)
            {
                log.Append([Of($"w{writer}", i), Of($"w{writer}", i + 1)]);
            }
        });

        string[] names = Names();
        Assert.That(names, Has.Length.EqualTo(Writers * Each));
        for (int writer = 0; writer < Writers; writer++)
        {
            Assert.That(names.Where(name => name.StartsWith($"w{writer} ", StringComparison.Ordinal)),
                Is.EqualTo(Enumerable.Range(1, Each).Select(i => $"w{writer} {i}")));
        }
    }

    private static FleetEvent Of(string host, long sequence) =>
        new("host/" + host, FleetEventKind.HostPlanned) { Sequence = sequence, Why = new string('y', 100) };

    // As a process reads that knows nothing of the log.
    private string[] Names()
    {
        using FileStream file = new(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(file, Encoding.UTF8);
        string text = reader.ReadToEnd();
        Assert.That(text, Does.EndWith("\n"));
        return
        [
            .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line =>
            {
                using JsonDocument json = JsonDocument.Parse(line);
                return $"{json.RootElement.GetProperty("grain").GetString()!["host/".Length..]} "
                    + json.RootElement.GetProperty("sequence").GetInt64();
            }),
        ];
    }
}
