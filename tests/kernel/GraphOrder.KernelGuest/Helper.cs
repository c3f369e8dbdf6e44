using System.Globalization;
using System.Text.Json;
using GraphOrder.KernelBehaviour;
using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelGuest;

/// <summary>
/// What <c>/init</c> does when a script starts it: <c>hold SESSION TOKEN=DESCRIPTOR...</c> makes a session,
/// preserves inherited descriptors and keeps it until it is stopped; <c>verify [FILE]</c> compares
/// inherited descriptors, given as JSON of names and numbers or as sd_listen_fds does, with the memories that the
/// script declares;
/// <c>elsewhere ROW</c> does what a row wants another process to do.
/// </summary>
internal static class Helper
{
    private const int Done = 0;
    private const int Refused = 1;
    private const int WrongUsage = 2;

    public static int Run(string[] arguments)
    {
        LinuxCalls calls = new();
        return arguments switch
        {
            ["hold", string session, .. string[] files] => Hold(calls, session, files),
            ["verify", string path] => Verify(calls, Given(path)),
            ["verify"] => Verify(calls, Inherited()),
            ["elsewhere", string row] => Elsewhere(row),
            _ => WrongUsage,
        };
    }

    private static int Elsewhere(string row)
    {
        BehaviourTable.RunElsewhere(BehaviourTable.Find(row)!, new GuestMachine());
        return Done;
    }

    private static int Hold(LinuxCalls calls, string name, string[] files)
    {
        int device = LiveUpdateCalls.OpenDevice(calls);
        int session = LiveUpdateCalls.CreateSession(calls, device, name);
        _ = calls.Close(device);
        foreach (string file in files)
        {
            string[] sides = file.Split('=');
            _ = LiveUpdateCalls.Demand(
                LiveUpdateCalls.Preserve(
                    calls,
                    session,
                    int.Parse(sides[1], CultureInfo.InvariantCulture),
                    ulong.Parse(sides[0], CultureInfo.InvariantCulture)),
                $"preserve {file}");
        }

        Console.WriteLine($"holds {name}");
        Thread.Sleep(Timeout.Infinite);
        return Done;
    }

    private static int Verify(LinuxCalls calls, List<(string Name, int Descriptor)> files)
    {
        Dictionary<string, ScriptMemory> declared = File.ReadAllLines(ScriptMode.Path)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["memory" or "memories", ..])
            .SelectMany(ScriptMemory.Parse)
            .ToDictionary(memory => memory.Name);
        long wrong = 0;
        foreach ((string name, int descriptor) in files)
        {
            ScriptMemory memory = declared[name];
            wrong += Pattern.WrongBytes(calls, descriptor, memory.Bytes, memory.Pattern);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"files {files.Count} wrong {wrong}"));
        return wrong == 0 ? Done : Refused;
    }

    private static List<(string Name, int Descriptor)> Given(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. document.RootElement.EnumerateObject().Select(each => (each.Name, each.Value.GetInt32()))];
    }

    // As sd_listen_fds(3) has it: numbers from 3 on, each with its name; "file=" in front is the tool's.
    private static List<(string Name, int Descriptor)> Inherited()
    {
        const int first = 3;
        const string prefix = "file=";
        string names = Environment.GetEnvironmentVariable("LISTEN_FDNAMES") ?? "";
        return [.. names.Split(':', StringSplitOptions.RemoveEmptyEntries).Select((name, i) =>
            (name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name, first + i))];
    }
}
