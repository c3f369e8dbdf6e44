using System.Diagnostics;
using System.Net.Sockets;
using GraphOrder.Extensions.Tests.Serving;

namespace GraphOrder.Extensions.Tests;

/// <summary>The sample agent, as a process.</summary>
[TestFixture]
public sealed class HostAgentTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Test]
    public void It_answers_for_its_guests_and_takes_more_and_ends()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("graph-order-");
        string path = Path.Combine(folder.FullName, "s");
        using Process agent = Start("--socket", path);
        Task<string> log = agent.StandardOutput.ReadToEndAsync();
        Assert.That(SpinWait.SpinUntil(() => agent.HasExited || Answers(path), Soon), Is.True);

        using (Client client = new(path))
        {
            Assert.That(client.Ask("{\"request\":\"finish\"}"), Does.Contain("\"finish\": [\"vm-02\",\"vm-01\"]"));
            Assert.That(
                client.Ask("{\"request\":\"declare\",\"set\":{\"sessions\":[{\"name\":\"vm-03\"}],\"objects\":["
                    + "{\"id\":\"vm-03/vhost\",\"kind\":\"file\",\"session\":\"vm-03\",\"needs\":[\"vm-02/ram\"]}]}}"),
                Does.Contain("\"version\": 3,").And.Contain("\"legal\": true"));
            Assert.That(
                client.Ask("{\"request\":\"finish\"}"), Does.Contain("\"finish\": [\"vm-03\",\"vm-02\",\"vm-01\"]"));
        }

        using (Process kill = Process.Start("kill", ["-TERM", $"{agent.Id}"]))
        {
            kill.WaitForExit();
        }

        Assert.That(agent.WaitForExit(Soon), Is.True);
        Assert.That(agent.ExitCode, Is.Zero);
        Assert.That(log.Result, Does.Contain("vm-02 is here; the graph is at version 2.").And.Contain("Serving requests on"));
        Assert.That(folder.EnumerateFileSystemInfos(), Is.Empty);
        folder.Delete();
    }

    [Test]
    public void A_wrong_option_ends_it_before_it_serves()
    {
        using Process agent = Start("--socket", "/nowhere", "--model", "linux-7.4");
        Task<string> errors = agent.StandardError.ReadToEndAsync();
        Task<string> output = agent.StandardOutput.ReadToEndAsync();

        Assert.That(agent.WaitForExit(Soon), Is.True);
        Assert.That(agent.ExitCode, Is.Not.Zero);
        Assert.That(errors.Result + output.Result, Does.Contain("Did you mean 'linux-7.3'?"));
    }

    private static Process Start(params string[] arguments)
    {
        string configuration = Path.GetFileName(TestContext.CurrentContext.TestDirectory.TrimEnd('/'));
        string program = Path.Combine(
            TestContext.CurrentContext.TestDirectory, "..", "..", "HostAgent", configuration, "HostAgent");
        return Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    private static bool Answers(string path)
    {
        try
        {
            using Client client = new(path);
            return client.Ask("{\"request\":\"finish\"}") is not null;
        }
        catch (SocketException)
        {
            Thread.Sleep(20);
            return false;
        }
    }
}
