using System.Diagnostics;
using System.Globalization;
using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelGuest;

/// <summary>
/// Runs a script of steps, one a line (the README beside the projects lists them). A step that jumps ends
/// this
/// kernel's part; the next kernel goes on behind it.
/// </summary>
internal sealed class ScriptMode
{
    public const string Path = "/script";

    private readonly LinuxCalls _calls = new();
    private readonly GuestOrder _order;
    private readonly Dictionary<string, ScriptMemory> _memories = [];
    private readonly Dictionary<string, Process> _running = [];

    private ScriptMode(GuestOrder order) => _order = order;

    public static void Run(GuestOrder order) => new ScriptMode(order).Run(File.ReadAllLines(Path));

    private void Run(string[] lines)
    {
        int kernel = 1;
        foreach (string line in lines)
        {
            string[] words = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Resolve)];
            if (words.Length == 0 || words[0].StartsWith('#'))
            {
                continue;
            }

            bool isMine = kernel == _order.Kernel;
            kernel += words[0] is "jump" or "jumps" ? 1 : 0;
            if (words[0] is "memory" or "memories")
            {
                foreach (ScriptMemory memory in ScriptMemory.Parse(words))
                {
                    _memories[memory.Name] = isMine
                        ? memory with { Descriptor = memory.Make(_calls) } : memory;
                }
            }
            else if (isMine && !Do(words))
            {
                return;
            }
        }
    }

    /// <summary>Does a step; false where nothing may follow it.</summary>
    private bool Do(string[] words)
    {
        switch (words)
        {
            case ["write", string path, .. string[] text]:
                File.WriteAllText(path, string.Join(' ', text) + "\n");
                return true;
            case ["read", string path]:
                Array.ForEach(File.ReadAllLines(path), line => Serial.Say($"out {line}"));
                return true;
            case ["begun", string path]:
                Array.ForEach([.. JournalReader.ReadFile(path).Steps], step => Serial.Say(
                    $"begun {step.Verb} {step.ObjectName ?? step.Session}".TrimEnd()));
                return true;
            case ["descriptors", string path]:
                File.WriteAllText(path, Descriptors());
                return true;
            case ["given", string path]:
                File.WriteAllText(path, Given());
                return true;
            case ["run", string expected, .. string[] program]:
                return Run(program, int.Parse(expected, CultureInfo.InvariantCulture));
            case ["kill-at", string lines, .. string[] program]:
                return Kill(program, int.Parse(lines, CultureInfo.InvariantCulture));
            case ["start", string name, .. string[] program]:
                return StartHolder(name, program);
            case ["store", .. string[] sessions]:
                _ = LiveUpdateCalls.OpenSessions(_calls, sessions, isFirst: _order.Kernel == 1);
                return true;
            case ["stop", string name]:
                _running[name].Kill();
                _running[name].WaitForExit();
                return _running.Remove(name);
            case ["poke", string name, string offset, string value]:
                _memories[name].Poke(_calls, long.Parse(offset), byte.Parse(value));
                return true;
            case ["resizes", string name, "yes" or "no"]:
                _memories[name].CheckResize(_calls, words[2] == "yes");
                return true;
            case ["held", .. string[] expected]:
                IEnumerable<string> held =
                    new ProcessSessions().Find().Select(each => each.Session).Distinct().Order();
                Serial.Check("held", held.SequenceEqual(expected), string.Join(' ', held));
                return true;
            case ["load", .. string[] carried]:
                CallResult loaded = Machine.Load(_calls, _order.Next, carried);
                Serial.Check("load", loaded.IsDone, loaded.ToString());
                return loaded.IsDone;
            case ["jump"]:
                Serial.Say($"bad jump: {_calls.Jump()}");
                return false;
            case ["jumps", .. string[] program]:
                _ = Run(program, 0);
                Serial.Say($"bad jumps: {program[0]} came back");
                return false;
            case ["take", string session, .. string[] files]:
                Take(session, files);
                return true;
            default:
                Serial.Say($"bad step: {string.Join(' ', words)}");
                return false;
        }
    }

    // TOKEN=@NAME stands for TOKEN= and the descriptor of that memory; @next-kernel for its command line.
    private string Resolve(string word)
    {
        if (word == "@next-kernel")
        {
            return _order.Next.ToCommandLine();
        }

        int at = word.IndexOf('@');
        return at >= 0 && _memories.TryGetValue(word[(at + 1)..], out ScriptMemory? memory)
            ? string.Create(CultureInfo.InvariantCulture, $"{word[..at]}{memory.Descriptor}")
            : word;
    }

    private string Descriptors() => "{" + string.Join(", ", _memories.Values
        .Where(memory => memory.Descriptor >= 0)
        .Select(memory => string.Create(
            CultureInfo.InvariantCulture, $"\"{memory.Name}\": {memory.Descriptor}"))) + "}\n";

    // The tool's own list of inherited descriptors: a memory's name is its id in the set.
    private string Given() => "{\"schema\": \"graphorder/descriptors/1\", \"files\": ["
        + string.Join(", ", _memories.Values.Select(memory => string.Create(
            CultureInfo.InvariantCulture, $"{{\"id\": \"{memory.Name}\", \"fd\": {memory.Descriptor}}}")))
        + "]}\n";

    private static bool Run(string[] program, int expected)
    {
        using Process process = Start(program);
        Tell(process);
        Serial.Check(
            $"run {string.Join(' ', program)}",
            process.ExitCode == expected,
            string.Create(CultureInfo.InvariantCulture, $"ends with {process.ExitCode}, not {expected}"));
        return true;
    }

    private static bool Kill(string[] program, int lines)
    {
        int? killed = Killer.Run(() => Start(program), lines, out Process process);
        using (process)
        {
            Tell(process);
            Serial.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"{(killed is null ? "ended" : "killed")} {killed ?? process.ExitCode} {program[1]}"));
        }

        return true;
    }

    private static void Tell(Process process)
    {
        Task<string> errors = process.StandardError.ReadToEndAsync();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            Serial.Say($"out {line}");
        }

        foreach (string line in errors.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Serial.Say($"err {line}");
        }

        process.WaitForExit();
    }

    // A process that goes on; it has begun when it has said its first line.
    private bool StartHolder(string name, string[] program)
    {
        Process process = Start(program);
        _running[name] = process;
        Serial.Say($"out {process.StandardOutput.ReadLine()}");
        return true;
    }

    // Descriptors that do not close on exec are inherited.
    private static Process Start(string[] program) => Process.Start(new ProcessStartInfo(program[0],
        program[1..])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private void Take(string name, string[] files)
    {
        int device = LiveUpdateCalls.OpenDevice(_calls);
        int session = LiveUpdateCalls.RetrieveSession(_calls, device, name);
        foreach (string file in files)
        {
            string[] sides = file.Split('=');
            ScriptMemory memory = _memories[sides[1]];
            int taken = LiveUpdateCalls.Demand(
                _calls.Retrieve(session, ulong.Parse(sides[0],
                    CultureInfo.InvariantCulture)),
                $"retrieve {file}");
            memory.Check(_calls, taken);
            _ = _calls.Close(taken);
        }

        _ = LiveUpdateCalls.Demand(_calls.Finish(session), $"finish {name}");
        _ = _calls.Close(session);
        _ = _calls.Close(device);
    }
}
