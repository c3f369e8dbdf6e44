using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using GraphOrder.Conformance;
using GraphOrder.Extensions.Tests.Serving;

namespace GraphOrder.Cli.Tests.Serving;

[TestFixture]
public sealed class ServeTests
{
    private const string Plan = "{\"id\":1,\"request\":\"plan\"}";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly List<int> Started = [];

    // A test that fails half-way leaves no server behind.
    [TearDown]
    public void EndWhatRuns()
    {
        foreach (int id in Started)
        {
            try
            {
                using Process left = Process.GetProcessById(id);
                left.Kill();
            }
            catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
            {
                // It ended by itself.
            }
        }

        Started.Clear();
    }

    [Test]
    public void The_socket_answers_with_the_bytes_of_the_vectors()
    {
        using Scratch scratch = new();
        using Process server = Start(scratch, out string path);
        using Client client = new(path);
        foreach (ConformanceVector vector in ConformanceVector.All)
        {
            string? answer = client.Ask(vector.RequestLine());

            Assert.That(
                WithoutPlaces(answer!),
                Is.EqualTo(WithoutPlaces(
                    $"{{\"id\":\"{vector.Name}\",\"status\":{vector.Status},\"answer\":{vector.AnswerLine}}}")));
        }

        End(server, scratch);
    }

    [Test]
    public void SIGTERM_ends_it_with_nothing_left()
    {
        using Scratch scratch = new();
        using Process server = Start(scratch, out string path);
        using Client client = new(path);
        Assert.That(client.Ask(Plan), Does.StartWith("{\"id\":1,\"status\":0,"));
        Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));

        End(server, scratch);

        Assert.That(client.Receive(), Is.Null);
        Assert.That(scratch.Names(), Is.Empty);
    }

    [Test]
    public void A_killed_server_leaves_a_socket_that_the_next_one_replaces()
    {
        using Scratch scratch = new();
        using (Process killed = Start(scratch, out string path))
        {
            killed.Kill();
            killed.WaitForExit();
            Assert.That(File.Exists(path), Is.True);
        }

        using Process server = Start(scratch, out string again);
        using Client client = new(again);
        Assert.That(client.Ask(Plan), Does.StartWith("{\"id\":1,\"status\":0,"));
        ToolResult second = Tool.Run("serve", "--socket", again);
        second.AssertIs(5, "", $"graph-order: Somebody listens on '{again}'. Stop that server, or name another path.\n");
        End(server, scratch);
    }

    // What a day of an agent asks, and of clients that break off, in seconds; GRAPHORDER_LONG=1, in minutes.
    [Test]
    public void A_server_that_has_answered_for_long_takes_the_memory_that_it_took()
    {
        int rounds = Environment.GetEnvironmentVariable("GRAPHORDER_LONG") == "1" ? 200_000 : 5_000;
        string set = string.Join(' ', File.ReadAllLines(Path.Combine(Tool.Root, "tests", "samples", "two-vms.json")));
        using Scratch scratch = new();
        using Process server = Start(scratch, out string path);
        long early = 0;
        using (Client client = new(path))
        {
            for (int i = 0; i < rounds; i++)
            {
                // Names that never come again, so that one that is kept shows.
                string declare = $$"""{"request":"declare","set":{{set.Replace("vm-0", $"vm-{i}-")}}}""";
                string gone = $$"""{"request":"withdraw","sessions":["vm-{{i}}-1","vm-{{i}}-2"]}""";
                Assert.That(client.Ask(declare), Does.StartWith("{\"id\":null,\"status\":0,"));
                Assert.That(client.Ask(Plan), Does.StartWith("{\"id\":1,\"status\":0,"));
                Assert.That(client.Ask("{\"request\":\"plan\",\"set\":7}"), Does.Contain("\"status\":2"));
                Assert.That(client.Ask(gone), Does.StartWith("{\"id\":null,\"status\":0,"));
                using Client passing = new(path);
                passing.Send(i % 2 == 0 ? "{\"request\":\"watch\"}\n" : "{\"request\":\"pl");
                early = i == rounds / 4 ? Resident(server) : early;
            }
        }

        long late = Resident(server);
        TestContext.Out.WriteLine($"{rounds:N0} rounds: {early:N0} KiB after a quarter, {late:N0} KiB at the end");
        Assert.That(late, Is.LessThan(early + (early / 5) + 4096));
        End(server, scratch);
    }

    [Test]
    public void A_socket_that_is_handed_over_is_served_and_the_manager_is_told()
    {
        using Scratch scratch = new();
        string path = scratch.File("handed");
        using Socket manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.ReceiveTimeout = (int)Soon.TotalMilliseconds;
        manager.Bind(new UnixDomainSocketEndPoint(scratch.File("notify")));
        Dictionary<string, string> environment = new()
        {
            ["NOTIFY_SOCKET"] = scratch.File("notify"),
            ["WATCHDOG_USEC"] = "400000",
        };
        using Process server = Tool.Start(
            environment, "python3", Script("hand_over.py"), path, "-", Tool.Path, "serve");

        Assert.That(Heard(manager), Is.EqualTo("READY=1"));
        using Client client = new(path);
        Assert.That(client.Ask(Plan), Does.StartWith("{\"id\":1,\"status\":0,"));
        Assert.That(Heard(manager), Is.EqualTo("WATCHDOG=1"));
        Assert.That(Heard(manager), Is.EqualTo("WATCHDOG=1"));
        Signal(server, "TERM");
        string last = Heard(manager);
        while (last == "WATCHDOG=1")
        {
            last = Heard(manager);
        }

        Assert.That(last, Is.EqualTo("STOPPING=1"));
        Assert.That(server.WaitForExit(Soon), Is.True);
        Assert.That(server.ExitCode, Is.Zero);
        Assert.That(File.Exists(path), Is.True, "whoever made the socket removes it");
    }

    [Test]
    public void Other_users_are_answered_only_where_they_are_named()
    {
        if (Environment.UserName != "root")
        {
            Assert.Ignore("Only root can become other users.");
        }

        using Scratch scratch = new();
        string path = scratch.File("handed");
        File.SetUnixFileMode(scratch.Folder, (UnixFileMode)0x1FF);
        using Process server = Tool.Start(
            null, "python3", Script("hand_over.py"), path, "-", Tool.Path, "serve", "--allow-uid", "4711");
        Assert.That(SpinWait.SpinUntil(() => File.Exists(path) && Answers(path), Soon), Is.True);
        using Client root = new(path);

        Assert.That(root.Ask(Plan), Does.StartWith("{\"id\":1,\"status\":0,"));
        Assert.That(AskAs("4711", path), Does.StartWith("{\"id\":null,\"status\":0,"));
        Assert.That(AskAs("4712", path), Does.StartWith("{\"id\":null,\"status\":2,").And.Contain("User 4712 may not ask here."));
        Signal(server, "TERM");
        Assert.That(server.WaitForExit(Soon), Is.True);
    }

    [TestCase("--socket /dev/null", "graph-order: '/dev/null' is there and is no socket. Name another path, or remove it yourself.\n", 5)]
    [TestCase("--socket /nowhere/at/all",
        "graph-order: '/nowhere/at/all' cannot be listened on: there is no folder '/nowhere/at'. Create it first.\n", 5)]
    [TestCase("--socket s --max-connections 0", "graph-order: --max-connections cannot be '0'. Give 1 or more.", 2)]
    [TestCase("--sockte s", "graph-order: 'serve' has no option '--sockte'. Did you mean '--socket'?", 2)]
    public void What_cannot_be_served_is_told(string arguments, string start, int exitCode)
    {
        ToolResult result = Tool.Run(["serve", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.That(result.Errors, Does.StartWith(start));
        Assert.That((result.ExitCode, result.Output), Is.EqualTo((exitCode, "")));
    }

    private static Process Start(Scratch scratch, out string path)
    {
        string place = path = scratch.File("s");
        Process server = Tool.Start(null, Tool.Path, "serve", "--socket", path);
        Started.Add(server.Id);
        Assert.That(SpinWait.SpinUntil(() => server.HasExited || Answers(place), Soon), Is.True);
        Assert.That(server.HasExited, Is.False);
        return server;
    }

    private static bool Answers(string path)
    {
        try
        {
            using Client client = new(path);
            return client.Ask(Plan) is not null;
        }
        catch (SocketException)
        {
            Thread.Sleep(20);
            return false;
        }
    }

    private static void End(Process server, Scratch scratch)
    {
        Signal(server, "TERM");
        Assert.That(server.WaitForExit(Soon), Is.True);
        Assert.That((server.ExitCode, server.StandardError.ReadToEnd()), Is.EqualTo((0, "")));
        Assert.That(scratch.Names(), Is.Empty);
    }

    private static long Resident(Process process)
    {
        string line = File.ReadLines($"/proc/{process.Id}/status").First(
            static line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
    }

    private static void Signal(Process process, string signal)
    {
        using Process kill = Tool.Start(null, "kill", $"-{signal}", $"{process.Id}");
        kill.WaitForExit();
    }

    private static string AskAs(string user, string path)
    {
        using Process asking = Tool.Start(null, "python3", Script("ask_as.py"), user, path);
        string answer = asking.StandardOutput.ReadToEnd();
        asking.WaitForExit();
        return answer;
    }

    private static string Heard(Socket manager)
    {
        byte[] said = new byte[256];
        return Encoding.UTF8.GetString(said, 0, manager.Receive(said));
    }

    private static string Script(string name) =>
        Path.Combine(Tool.Root, "tests", "GraphOrder.Cli.Tests", "Serving", name);

    // Samples hold no line feed inside a text, so all of them are layout.

    // Places count in the document as it was sent, which was on one line here.
    private static string WithoutPlaces(string answer) =>
        Regex.Replace(answer, """ "line":\d+,"column":\d+|(?<="message": ?"set):\d+:\d+ """.Trim(), "");
}
