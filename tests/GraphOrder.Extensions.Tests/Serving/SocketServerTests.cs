using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace GraphOrder.Extensions.Tests.Serving;

[TestFixture]
public sealed class SocketServerTests
{
    private const string Set =
        "{\"schema\":\"graphorder/session-set/1\",\"sessions\":[{\"name\":\"s\"}],\"objects\":["
        + "{\"id\":\"a \\n  b\",\"kind\":\"memfd\",\"session\":\"s\"},"
        + "{\"id\":\"c\",\"kind\":\"file\",\"session\":\"s\",\"needs\":[\"a \\n  b\"]}]}";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Test]
    public void An_answer_is_the_engines_document_on_one_line()
    {
        using RunningServer server = new();
        using Client client = new(server.Path);
        string request = $"{{\"id\":{{\"a\":[1, 2]}},\"request\":\"plan\",\"set\":{Set}}}";
        System.Buffers.ArrayBufferWriter<byte> expected = new();
        server.Engine.Answer(Encoding.UTF8.GetBytes(request), expected);

        string answer = client.Ask(request)!;

        Assert.That(answer, Does.StartWith("{\"id\":{\"a\":[1, 2]},\"status\":0,\"answer\":{\"schema\": "));
        using JsonDocument found = JsonDocument.Parse(answer);
        using JsonDocument document = JsonDocument.Parse(expected.WrittenMemory);
        Assert.That(
            JsonElement.DeepEquals(found.RootElement.GetProperty("answer"), document.RootElement), Is.True);
        string[] lines = Encoding.UTF8.GetString(expected.WrittenSpan).Split('\n');
        string joined = string.Concat(lines.Select(line => line.TrimStart(' ')));
        Assert.That(answer, Does.EndWith(joined + "}"));
    }

    [Test]
    public void Requests_of_one_connection_are_answered_in_their_order()
    {
        using RunningServer server = new();
        using Client client = new(server.Path);
        Task sending = Task.Run(() =>
        {
            for (int i = 0; i < 2_000; i++)
            {
                client.Send(i % 7 == 0 ? $"{{\"id\":{i}}}\n\n" : $"{{\"id\":{i},\"request\":\"plan\"}}\n");
            }
        });
        for (int i = 0; i < 2_000; i++)
        {
            Assert.That(client.Receive(), Does.StartWith($"{{\"id\":{i},\"status\":{(i % 7 == 0 ? 2 : 0)},"));
        }

        Assert.That(sending.Wait(Soon), Is.True);
    }

    [Test]
    public void A_last_line_without_its_end_is_answered()
    {
        using RunningServer server = new();
        using Client client = new(server.Path);
        client.Send("{\"id\":1,\"request\":\"plan\"}");
        client.EndSending();

        Assert.That(client.Receive(), Does.StartWith("{\"id\":1,\"status\":0,"));
        Assert.That(client.Receive(), Is.Null);
    }

    // Byte by byte, and cut anywhere: the server waits for the line feed and for nothing else.
    [Test]
    public void A_line_may_come_in_any_pieces()
    {
        using RunningServer server = new();
        using Client client = new(server.Path);
        byte[] lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 40).Select(
            i => $"{{\"id\":{i},\"request\":\"plan\",\"set\":{Set}}}\n")));
        Random random = new(23);
        Task sending = Task.Run(() =>
        {
            for (int at = 0; at < lines.Length;)
            {
                int count = Math.Min(lines.Length - at, random.Next(3) == 0 ? 1 : random.Next(1, 600));
                client.Send(lines.AsSpan(at, count));
                at += count;
            }
        });
        for (int i = 0; i < 40; i++)
        {
            Assert.That(client.Receive(), Does.StartWith($"{{\"id\":{i},\"status\":0,"));
        }

        Assert.That(sending.Wait(Soon), Is.True);
    }

    [TestCase(1_000, ExpectedResult = "0")]
    [TestCase(1_001, ExpectedResult = "2")]
    [TestCase(40_000, ExpectedResult = "2")]
    [TestCase(300_000, ExpectedResult = "2")]
    public string A_line_is_as_long_as_it_may_be(int length)
    {
        using RunningServer server = new(ServerOptions.Default with { LineBytesMax = 1_000 });
        using Client client = new(server.Path);
        client.Send("{\"request\":\"plan\"}".PadRight(length) + "\n{\"id\":7,\"request\":\"plan\"}\n");

        string first = client.Receive()!;
        Assert.That(client.Receive(), Does.StartWith("{\"id\":7,\"status\":0,"));
        return first["{\"id\":null,\"status\":".Length..][..1];
    }

    // A gigabyte on one connection: answered, skipped, and another one hardly notices.
    [Test]
    public void A_gigabyte_without_a_line_feed_takes_no_memory()
    {
        using RunningServer server = new(ServerOptions.Default with { LineBytesMax = 1 << 20 });
        using Client hostile = new(server.Path);
        using Client other = new(server.Path);
        long before = Environment.WorkingSet;
        byte[] piece = new byte[1 << 20];
        Array.Fill(piece, (byte)'{');
        long most = before;
        for (int i = 0; i < 1_024; i++)
        {
            hostile.Send(piece);
            if (i % 64 == 0)
            {
                Assert.That(other.Ask("{\"request\":\"plan\"}"), Does.Contain("\"status\":0,"));
                most = Math.Max(most, Environment.WorkingSet);
            }
        }

        hostile.Send("\n{\"id\":8,\"request\":\"plan\"}\n");
        Assert.That(hostile.Receive(), Does.Contain("A request has more than 1048576 bytes."));
        Assert.That(hostile.Receive(), Does.StartWith("{\"id\":8,\"status\":0,"));
        Assert.That(most - before, Is.LessThan(64 << 20));
    }

    [Test]
    public void Half_requests_share_one_room()
    {
        using RunningServer server = new(ServerOptions.Default with { HeldBytesMax = 1 << 18 });
        using Client first = new(server.Path);
        using Client second = new(server.Path);
        byte[] half = Encoding.UTF8.GetBytes(new string(' ', 100_000));
        first.Send(half);
        Assert.That(Wait(() => first.Ask("{\"request\":\"plan\"}") is not null), Is.True);
        first.Send(half);
        // Who comes first has the room: the first one's half is in 128 KiB before the second one sends.
        Assert.That(Wait(() => server.HeldByteCount == 1 << 17), Is.True);
        second.Send(half);
        second.Send(half);
        second.Send(half);

        Assert.That(second.Receive(), Does.Contain("as much of half requests as it may"));
        Assert.That(first.Ask("{\"id\":1,\"request\":\"plan\"}"), Does.StartWith("{\"id\":1,\"status\":0,"));
        Assert.That(second.Ask("\n{\"id\":2,\"request\":\"plan\"}"), Does.StartWith("{\"id\":2,\"status\":0,"));
    }

    [Test]
    public void Half_a_line_is_waited_for_so_long_and_then_told()
    {
        using RunningServer server = new(ServerOptions.Default with { LineTime = TimeSpan.FromSeconds(1) });
        using Client client = new(server.Path);
        long start = Stopwatch.GetTimestamp();
        client.Send("{\"request\":");

        Assert.That(client.Receive(), Does.Contain("A request took longer than 1 s to come."));
        Assert.That(client.Receive(), Is.Null);
        Assert.That(Stopwatch.GetElapsedTime(start), Is.InRange(TimeSpan.FromSeconds(0.9), Soon));
    }

    [Test]
    public void Who_asks_nothing_stays_only_so_long_but_who_watches_stays()
    {
        using RunningServer server = new(ServerOptions.Default with { IdleTime = TimeSpan.FromSeconds(1) });
        using Client idle = new(server.Path);
        using Client watching = new(server.Path);
        watching.Ask("{\"request\":\"watch\"}");

        Assert.That(idle.Receive(), Is.Null);
        Assert.That(watching.Ask("{\"request\":\"plan\"}"), Does.Contain("\"status\":0"));
    }

    [Test]
    public void Who_sends_and_never_reads_is_not_read_and_then_ended()
    {
        using RunningServer server = new(ServerOptions.Default with { LineTime = TimeSpan.FromSeconds(1) });
        using Client deaf = new(server.Path);
        using Client other = new(server.Path);
        Task sending = Task.Run(() =>
        {
            byte[] request = Encoding.UTF8.GetBytes($"{{\"request\":\"plan\",\"set\":{Set}}}\n");
            Assert.Throws<System.Net.Sockets.SocketException>(() =>
            {
                for (int i = 0; i < 1_000_000; i++)
                {
                    deaf.Send(request);
                }
            });
        });
        for (int i = 0; i < 50; i++)
        {
            Assert.That(other.Ask("{\"request\":\"plan\"}"), Does.Contain("\"status\":0"));
        }

        Assert.That(sending.Wait(Soon), Is.True);
    }

    [Test]
    public void A_request_that_runs_too_long_is_cancelled_and_the_next_one_is_answered()
    {
        using RunningServer server = new(
            ServerOptions.Default with { RequestTime = TimeSpan.FromSeconds(0.3) });
        using Client client = new(server.Path);
        StringBuilder set = new("{\"schema\":\"graphorder/session-set/1\",\"sessions\":[{\"name\":\"s\"}],\"objects\":[");
        for (int i = 0; i < 150_000; i++)
        {
            set.Append(i == 0 ? "" : ",").Append($"{{\"id\":\"o{i}\",\"kind\":\"file\",\"session\":\"s\",\"needs\":[\"o{(i + 1) % 150_000}\"]}}");
        }

        string answer = client.Ask($"{{\"id\":1,\"request\":\"compare\",\"set\":{set}]}}}}")!;

        Assert.That(answer, Does.StartWith("{\"id\":1,\"status\":130,\"answer\":{\"schema\": \"graphorder/error/1\""));
        Assert.That(client.Ask("{\"id\":2,\"request\":\"plan\"}"), Does.StartWith("{\"id\":2,\"status\":0,"));
    }

    [Test]
    public void Clients_that_misbehave_disturb_nobody()
    {
        using RunningServer server = new();
        using Client good = new(server.Path);
        Random random = new(24);
        Task hostile = Task.Run(() =>
        {
            for (int i = 0; i < 300; i++)
            {
                using Client client = new(server.Path);
                byte[] garbage = new byte[random.Next(4_000)];
                random.NextBytes(garbage);
                switch (i % 4)
                {
                    case 0: client.Send(garbage); break;
                    case 1: client.Send("{\"request\":\"plan\""); break;
                    case 2: client.Send($"{{\"request\":\"plan\",\"set\":{Set}}}\n"); break;
                    default: break;
                }
            }
        });
        do
        {
            Assert.That(good.Ask("{\"id\":1,\"request\":\"plan\"}"), Does.StartWith("{\"id\":1,\"status\":0,"));
        }
        while (!hostile.IsCompleted);
        Assert.That(hostile.Wait(Soon), Is.True);
        Assert.That(Wait(() => server.ConnectionCount == 1), Is.True, "all others are gone");
    }

    [Test]
    public void There_are_so_many_connections_and_no_more()
    {
        using RunningServer server = new(ServerOptions.Default with { ConnectionCountMax = 2 });
        using Client first = new(server.Path);
        using (Client second = new(server.Path))
        {
            first.Ask("{}");
            second.Ask("{}");
            using Client third = new(server.Path);
            Assert.That(third.Receive(), Does.Contain("There are 2 connections."));
            Assert.That(third.Receive(), Is.Null);
        }

        Assert.That(Wait(() => server.ConnectionCount == 1), Is.True);
        using Client fourth = new(server.Path);
        Assert.That(fourth.Ask("{\"request\":\"plan\"}"), Does.Contain("\"status\":0"));
    }

    [Test]
    public void What_runs_is_answered_before_the_server_ends()
    {
        RunningServer server = new();
        using Client asking = new(server.Path);
        using Client idle = new(server.Path);
        StringBuilder set = new("{\"schema\":\"graphorder/session-set/1\",\"sessions\":[{\"name\":\"s\"}],\"objects\":[");
        for (int i = 0; i < 60_000; i++)
        {
            set.Append(i == 0 ? "" : ",").Append($"{{\"id\":\"o{i}\",\"kind\":\"file\",\"session\":\"s\"}}");
        }

        byte[] request = Encoding.UTF8.GetBytes($"{{\"id\":1,\"request\":\"plan\",\"set\":{set}]}}}}\n{{\"id\":2}}\n");
        asking.Send(request.AsSpan()[..^1]);
        Task stopped = Task.Delay(20).ContinueWith(_ => server.BeginStop(), TaskScheduler.Default).Unwrap();

        string? answer = asking.Receive();
        Assert.That(answer is null || answer.StartsWith("{\"id\":1,\"status\":0,"), Is.True);
        Assert.That(asking.Receive(), Is.Null);
        Assert.That(idle.Receive(), Is.Null);
        Assert.That(stopped.Wait(Soon), Is.True);
        Assert.That(File.Exists(server.Path), Is.False);
        server.Dispose();
    }

    [Test]
    public void The_file_is_the_owners_alone_and_everybodys_only_where_users_are_named()
    {
        using RunningServer closed = new();
        using RunningServer open = new(ServerOptions.Default with { AllowedUsers = [12_345] });

        Assert.That(File.GetUnixFileMode(closed.Path), Is.EqualTo((UnixFileMode)0x180));
        Assert.That(File.GetUnixFileMode(open.Path), Is.EqualTo((UnixFileMode)0x1B6));
    }

    [Test]
    public void A_dead_socket_is_replaced_a_living_one_and_a_file_are_not()
    {
        using RunningServer server = new();
        string folder = Path.GetDirectoryName(server.Path)!;
        string file = Path.Combine(folder, "file");
        File.WriteAllText(file, "mine");
        string dead = Path.Combine(folder, "dead");
        System.Net.Sockets.Socket old = new(
            System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, default);
        old.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(dead));
        old.SafeHandle.Dispose();
        string link = Path.Combine(folder, "link");
        File.CreateSymbolicLink(link, dead);

        Assert.That(() => Open(server.Path), Throws.TypeOf<ServingException>().With.Message.StartsWith("Somebody listens"));
        Assert.That(() => Open(file), Throws.TypeOf<ServingException>().With.Message.Contains("is no socket"));
        Assert.That(() => Open(folder), Throws.TypeOf<ServingException>().With.Message.Contains("is no socket"));
        Assert.That(() => Open(link), Throws.TypeOf<ServingException>().With.Message.Contains("is no socket"));
        Assert.That(
            () => Open("/" + new string('x', 200)), Throws.TypeOf<ServingException>().With.Message.Contains("107 bytes"));
        Assert.That(File.ReadAllText(file), Is.EqualTo("mine"));
        using (Open(dead))
        {
            Assert.That(File.Exists(dead), Is.True);
        }

        Assert.That(File.Exists(dead), Is.False);
        using Client client = new(server.Path);
        Assert.That(client.Ask("{\"request\":\"plan\"}"), Does.Contain("\"status\":0"));
        GC.KeepAlive(old);
    }

    // Somebody else's socket that has come to the same place stays there.
    [Test]
    public void A_server_removes_its_own_socket_alone()
    {
        string folder = Directory.CreateTempSubdirectory("graph-order-").FullName;
        string path = Path.Combine(folder, "s");
        SocketServer first = Open(path);
        File.Delete(path);
        using (SocketServer second = Open(path))
        {
            first.Dispose();
            Assert.That(File.Exists(path), Is.True);
        }

        Assert.That(File.Exists(path), Is.False);
        Directory.Delete(folder);
    }

    private static SocketServer Open(string path) => SocketServer.Open(new RequestEngine(), path);

    private static bool Wait(Func<bool> isSo) => SpinWait.SpinUntil(isSo, Soon);
}
