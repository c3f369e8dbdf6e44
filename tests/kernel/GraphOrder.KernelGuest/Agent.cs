using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelGuest;

/// <summary>
/// The process that owns the device and every session, as a live-update daemon does: in the first kernel it
/// makes the sessions, the journal's last, and gives them and the inherited memories away; in the next it
/// retrieves them, the journal's first, and takes what is retrieved. It lets go of nothing unless it is
/// asked.
/// </summary>
internal sealed class Agent
{
    /// <summary>Where it writes down what it took, compared, and what it closed.</summary>
    public const string RecordPath = "/tmp/agent";

    private const string Command = "luod";
    private const int LineBytesMax = 1 << 16;

    private readonly Lock _lock = new();
    private readonly LinuxCalls _calls = new();
    private readonly Dictionary<string, ScriptMemory> _memories = ScriptMemory.Declared();
    private readonly List<(string Name, int Descriptor)> _sessions = [];
    private readonly List<(string Name, int Descriptor)> _files = [];
    private readonly Dictionary<string, int> _taken = [];

    public static int Run(string path, string[] names)
    {
        // The first thread's name, which is the command that others see.
        File.WriteAllText("/proc/self/comm", Command);
        Agent agent = new();
        agent.Open(names);
        File.Delete(path);
        using Socket listening = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listening.Bind(new UnixDomainSocketEndPoint(path));
        listening.Listen();
        Console.WriteLine($"{Command} listens on {path}");
        while (true)
        {
            Socket connection = listening.Accept();
            new Thread(() => agent.Serve(connection)) { IsBackground = true }.Start();
        }
    }

    // It keeps the device, so that nobody else makes or takes a session.
    private void Open(string[] names)
    {
        bool isFirst = GuestOrder.Read().Kernel == 1;
        string own = MemoryJournalStore.SessionText;
        _sessions.AddRange(LiveUpdateCalls.OpenSessions(
            _calls, isFirst ? [.. names, own] : [own, .. names], isFirst));
        _ = LiveUpdateCalls.OpenDevice(_calls);
        _files.AddRange(ScriptMemory.Inherited());
    }

    // Whoever sends nothing and says so is given everything; whoever asks is answered.
    private void Serve(Socket connection)
    {
        using (connection)
        {
            int socket = (int)connection.Handle;
            byte[] buffer = new byte[LineBytesMax];
            int filled = 0;
            int passed = -1;
            bool hasAsked = false;
            while (PassedDescriptors.Receive(socket, buffer.AsSpan(filled), out int with)
                is { IsDone: true } read)
            {
                if (read.Value == 0)
                {
                    if (!hasAsked)
                    {
                        Give(socket);
                    }

                    return;
                }

                hasAsked = true;
                filled += (int)read.Value;
                passed = with >= 0 ? with : passed;
                if (buffer[filled - 1] == '\n')
                {
                    using JsonDocument line = JsonDocument.Parse(buffer.AsMemory(0, filled));
                    Send(socket, Answer(line.RootElement, passed), -1);
                    (filled, passed) = (0, -1);
                }
            }
        }
    }

    private void Give(int socket)
    {
        lock (_lock)
        {
            _sessions.ForEach(each => Send(socket, $$"""{"session":"{{each.Name}}"}""", each.Descriptor));
            _files.ForEach(each => Send(socket, $$"""{"file":"{{each.Name}}"}""", each.Descriptor));
        }

        Send(socket, """{"end":true}""", -1);
    }

    private string Answer(JsonElement asked, int descriptor)
    {
        lock (_lock)
        {
            return asked.TryGetProperty("take", out JsonElement id) ? Take(id.GetString()!, descriptor)
                : asked.TryGetProperty("close", out JsonElement session) ? Close(session.GetString()!)
                : """{"error":"neither take nor close"}""";
        }
    }

    private string Take(string id, int descriptor)
    {
        ScriptMemory memory = _memories[id];
        int wrong = Pattern.WrongBytes(_calls, descriptor, memory.Bytes, memory.Pattern);
        Record(wrong == 0 ? $"right {id}" : $"wrong {id} {wrong}");
        if (_taken.Remove(id, out int before))
        {
            _ = _calls.Close(before);
        }

        _taken[id] = descriptor;
        return $$"""{"taken":"{{id}}"}""";
    }

    private string Close(string name)
    {
        int index = _sessions.FindIndex(each => each.Name == name);
        if (index < 0)
        {
            return """{"error":"no such session"}""";
        }

        _ = _calls.Close(_sessions[index].Descriptor);
        _sessions.RemoveAt(index);
        Record($"closed {name}");
        return $$"""{"closed":"{{name}}"}""";
    }

    private static void Record(string line) => File.AppendAllText(RecordPath, line + "\n");

    private static void Send(int socket, string line, int descriptor) =>
        _ = PassedDescriptors.Send(socket, Encoding.UTF8.GetBytes(line + "\n"), descriptor);
}
