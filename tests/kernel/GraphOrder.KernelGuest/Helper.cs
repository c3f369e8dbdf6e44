using System.Collections;
using System.Globalization;
using System.Text.Json;
using GraphOrder.KernelBehaviour;
using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelGuest;

/// <summary>
/// What <c>/init</c> does when a script starts it: <c>hold SESSION TOKEN=DESCRIPTOR...</c> makes a session,
/// preserves inherited descriptors and keeps it until it is stopped; <c>verify FILE</c> compares inherited
/// descriptors, given as JSON of names and numbers, with the memories that the script declares;
/// <c>inherited</c> does so for those of LISTEN_FDS; <c>agent SOCKET SESSION...</c> is <see cref="Agent"/>;
/// <c>listen PROGRAM...</c> becomes a program as the service manager starts one, with all sessions that
/// process 1 holds and the memories;
/// <c>yes</c> is an act that is done; <c>elsewhere ROW</c> does what a row wants another process to do.
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
            ["verify", string path] => Verify(calls, path),
            ["inherited"] => Inherited(calls),
            ["agent", string socket, .. string[] sessions] => Agent.Run(socket, sessions),
            ["listen", .. string[] program] => Listen(calls, program),
            ["yes", ..] => Done,
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
                calls.Preserve(session,
                    int.Parse(sides[1], CultureInfo.InvariantCulture),
                    ulong.Parse(sides[0], CultureInfo.InvariantCulture)),
                $"preserve {file}");
        }

        Console.WriteLine($"holds {name}");
        Thread.Sleep(Timeout.Infinite);
        return Done;
    }

    // What a program that is started with everything retrieved finds (sd_listen_fds(3)).
    private static int Inherited(LinuxCalls calls)
    {
        const int firstDescriptor = 3;
        string[] names = (Environment.GetEnvironmentVariable("LISTEN_FDNAMES") ?? "").Split(':');
        int wrong = 0;
        int right = 0;
        foreach (ScriptMemory memory in ScriptMemory.Declared().Values)
        {
            int index = Array.IndexOf(names, $"file={memory.Name}");
            bool isRight = index >= 0 && Pattern.WrongBytes(
                calls, firstDescriptor + index, memory.Bytes, memory.Pattern) == 0;
            right += isRight ? 1 : 0;
            wrong += isRight ? 0 : 1;
            if (!isRight)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"not right: {memory.Name}, place {index}, {calls.Link(firstDescriptor + index) ?? "nothing"}"));
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"inherited {right} right, {wrong} wrong"));
        return wrong == 0 ? Done : Refused;
    }

    // What the service manager does with its descriptor store when it starts a service (sd_listen_fds(3)).
    private static int Listen(LinuxCalls calls, string[] program)
    {
        ProcessSessions holders = new();
        List<(string Name, int Descriptor)> given =
        [
            .. holders.Find()
                .Where(held => held.Process == CustodyCheck.ServiceManager)
                .Select(held => ($"session={held.Session}",
                    LiveUpdateCalls.Demand(holders.Take(held), $"take {held.Session}"))),
            .. ScriptMemory.Inherited().Select(memory => ($"file={memory.Name}", memory.Descriptor)),
        ];
        List<string> environment =
        [
            string.Create(CultureInfo.InvariantCulture, $"LISTEN_PID={Environment.ProcessId}"),
            string.Create(CultureInfo.InvariantCulture, $"LISTEN_FDS={given.Count}"),
            $"LISTEN_FDNAMES={string.Join(':', given.Select(each => each.Name))}",
            .. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
                .Select(entry => $"{entry.Key}={entry.Value}"),
        ];
        Errno failed = ProgramStart.Run(
            calls, program[0], program, environment, [.. given.Select(each => each.Descriptor)]);
        Console.WriteLine($"{program[0]}: {failed}");
        return Refused;
    }

    private static int Verify(LinuxCalls calls, string path)
    {
        Dictionary<string, ScriptMemory> declared = ScriptMemory.Declared();
        int wrong = 0;
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            ScriptMemory memory = declared[property.Name];
            wrong += Pattern.WrongBytes(calls, property.Value.GetInt32(), memory.Bytes, memory.Pattern);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"wrong {wrong}"));
        return wrong == 0 ? Done : Refused;
    }
}
