using System.Text.Json;

namespace GraphOrder.Extensions.Tests.Serving;

[TestFixture]
public sealed class WatchTests
{
    [Test]
    public void A_watcher_hears_each_change_once_in_order_under_its_id()
    {
        using RunningServer server = new();
        using Client watching = new(server.Path);
        using Client changing = new(server.Path);
        changing.Ask(Declare("before"));

        string first = watching.Ask("{\"id\":\"w\",\"request\":\"watch\"}")!;
        for (int i = 0; i < 100; i++)
        {
            Assert.That(changing.Ask(Declare($"s{i}")), Does.Contain("\"legal\": true"));
        }

        Assert.That(first, Does.StartWith("{\"id\":\"w\",\"status\":0,\"answer\":{").And.Contain("\"version\": 1,"));
        for (int i = 0; i < 100; i++)
        {
            Assert.That(
                watching.Receive(),
                Does.StartWith("{\"id\":\"w\",\"status\":0,\"answer\":{").And.Contain($"\"version\": {i + 2},")
                    .And.Contain($"\"sessions\":[\"s{i}\"]"));
        }

        Assert.That(watching.Ask("{\"id\":3,\"request\":\"plan\"}"), Does.StartWith("{\"id\":3,\"status\":0,"));
    }

    // While others change the graph all the time, who begins to watch misses nothing and hears nothing twice.
    [Test]
    public void Nothing_is_missed_where_watching_begins()
    {
        using RunningServer server = new(ServerOptions.Default with { WatchLineCountMax = 100_000 });
        bool isOver = false;
        Task changes = Task.Run(() =>
        {
            using Client changing = new(server.Path);
            for (int i = 0; !Volatile.Read(ref isOver); i++)
            {
                changing.Ask(Declare($"s{i}"));
            }
        });
        for (int turn = 0; turn < 30; turn++)
        {
            using Client watching = new(server.Path);
            long version = VersionOf(watching.Ask("{\"request\":\"watch\"}")!);
            for (int i = 0; i < 5; i++)
            {
                Assert.That(VersionOf(watching.Receive()!), Is.EqualTo(++version));
            }
        }

        Volatile.Write(ref isOver, true);
        Assert.That(changes.Wait(TimeSpan.FromSeconds(20)), Is.True);
    }

    [Test]
    public void A_slow_watcher_is_told_what_it_lost_and_slows_nobody()
    {
        using RunningServer server = new(ServerOptions.Default with { WatchLineCountMax = 3 });
        using Client slow = new(server.Path);
        using Client changing = new(server.Path);
        slow.Ask("{\"id\":1,\"request\":\"watch\"}");
        string name = new('n', 50);
        const int count = 4_000;
        for (int i = 0; i < count; i++)
        {
            Assert.That(changing.Ask(Declare($"{name}{i}")), Does.Contain($"\"version\": {i + 1},"));
        }

        long heard = 0;
        long lost = 0;
        while (heard + lost < count)
        {
            using JsonDocument line = JsonDocument.Parse(slow.Receive()!);
            if (line.RootElement.TryGetProperty("lost", out JsonElement told))
            {
                lost += told.GetInt64();
            }
            else
            {
                heard++;
            }
        }

        Assert.That(lost, Is.Positive);
        Assert.That(heard + lost, Is.EqualTo(count));
    }

    private static string Declare(string session) =>
        $"{{\"request\":\"declare\",\"set\":{{\"sessions\":[{{\"name\":\"{session}\"}}]}}}}";

    private static long VersionOf(string line)
    {
        using JsonDocument parsed = JsonDocument.Parse(line);
        return parsed.RootElement.GetProperty("answer").GetProperty("version").GetInt64();
    }
}
