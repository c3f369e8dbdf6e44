using System.Net.Sockets;
using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// One socket whose owner gives descriptors on a connection that asks nothing, and answers on others.
/// </summary>
[TestFixture]
public sealed class AgentSocketTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Test]
    public void An_agent_tells_at_once_who_awaits_descriptors_and_who_asks()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("graph-order-agent-").FullName, "socket");
        using Socket listening = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listening.Bind(new UnixDomainSocketEndPoint(path));
        listening.Listen();
        using FileStream passed = File.OpenRead("/dev/null");
        Task<string> served = Task.Run(() =>
        {
            // It gives when it has seen the end of what comes, and not before.
            using Socket first = listening.Accept();
            byte[] bytes = new byte[100];
            Assert.That(first.Receive(bytes), Is.Zero);
            _ = PassedDescriptors.Send(
                (int)first.Handle,
                "{\"session\":\"vm-01\"}\n"u8,
                (int)passed.SafeFileHandle.DangerousGetHandle());
            _ = PassedDescriptors.Send((int)first.Handle, "{\"end\":true}\n"u8, -1);
            using Socket second = listening.Accept();
            int count = second.Receive(bytes);
            _ = PassedDescriptors.Send((int)second.Handle, "{\"closed\":\"vm-01\"}\n"u8, -1);
            return Encoding.UTF8.GetString(bytes, 0, count);
        });

        List<string> given = [];
        using (AgentSocket agent = AgentSocket.Connect(path, Patience))
        {
            agent.Receive((kind, name, descriptor) =>
            {
                given.Add($"{kind} {name}");
                Assert.That(new LinuxCalls().Link(descriptor), Is.EqualTo("/dev/null"));
                _ = new LinuxCalls().Close(descriptor);
            });
        }

        using AgentSocket other = AgentSocket.Connect(path, Patience);
        Assert.That(other.Close("vm-01"), Is.Null);
        Assert.That(given, Is.EqualTo(new[] { "session vm-01" }));
        Assert.That(served.Result, Is.EqualTo("{\"close\":\"vm-01\"}\n"));
    }

    [Test]
    public void What_a_file_costs_that_is_handed_over_while_a_guest_is_paused_is_bounded()
    {
        const int bytesMax = 8192;
        string path = Path.Combine(Directory.CreateTempSubdirectory("graph-order-agent-").FullName, "socket");
        using Socket listening = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listening.Bind(new UnixDomainSocketEndPoint(path));
        listening.Listen();
        Task served = Task.Run(() =>
        {
            using Socket taker = listening.Accept();
            byte[] asked = new byte[1000];
            while (taker.Receive(asked) > 0)
            {
                _ = taker.Send("{\"taken\":\"vm-01/ram\"}\n"u8);
            }
        });
        using FileStream passed = File.OpenRead("/dev/null");
        int descriptor = (int)passed.SafeFileHandle.DangerousGetHandle();
        using (AgentSocket agent = AgentSocket.Connect(path, Patience))
        {
            Assert.That(agent.Take("vm-01/ram", "vm-01", 1, descriptor), Is.Null);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.That(agent.Take("vm-01/ram", "vm-01", 1, descriptor), Is.Null);
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            TestContext.Out.WriteLine($"one file over a socket: {bytes} bytes");
            Assert.That(bytes, Is.InRange(1, bytesMax));
        }

        served.Wait();
    }
}
