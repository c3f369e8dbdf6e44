using System.Globalization;
using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelGuest;

/// <summary>
/// A memfd of a script: <c>memory NAME BYTES PATTERN [SEALS]</c>, or one of <c>memories COUNT NAME BYTES
/// PATTERN
/// [SEALS]</c>, where # in the name is the number, from 0, which is added to the pattern.
/// </summary>
/// <param name="Name">Its name, in the script and for the kernel.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Pattern">What it holds (see <see cref="KernelGuest.Pattern"/>).</param>
/// <param name="Seals">What it is sealed with once it is full.</param>
/// <param name="Descriptor">Where it is open; -1 for nowhere.</param>
internal sealed record ScriptMemory(string Name, int Bytes, int Pattern, Seals Seals, int Descriptor)
{
    /// <summary>The memories that a step declares.</summary>
    public static List<ScriptMemory> Parse(string[] words)
    {
        bool isMany = words[0] == "memories";
        string[] rest = words[(isMany ? 2 : 1)..];
        List<ScriptMemory> found = [];
        for (int i = 0; i < (isMany ? Number(words[1]) : 1); i++)
        {
            string name = rest[0].Replace("#", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
            Seals seals = rest.Length > 3 ? (Seals)Number(rest[3]) : Seals.None;
            found.Add(new(name, Number(rest[1]), Number(rest[2]) + i, seals, -1));
        }

        return found;
    }

    /// <summary>All that the script declares, by name; open nowhere.</summary>
    public static Dictionary<string, ScriptMemory> Declared() => File.ReadAllLines(ScriptMode.Path)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words is ["memory" or "memories", ..])
        .SelectMany(Parse)
        .ToDictionary(memory => memory.Name);

    /// <summary>Those that this process has inherited, by name.</summary>
    public static IEnumerable<(string Name, int Descriptor)> Inherited()
    {
        const string start = "/memfd:";
        const string end = " (deleted)";
        Dictionary<string, ScriptMemory> declared = Declared();
        foreach (FileInfo entry in new DirectoryInfo("/proc/self/fd").GetFiles())
        {
            if (entry.LinkTarget is { } link && link.StartsWith(start) && link.EndsWith(end)
                && declared.ContainsKey(link[start.Length..^end.Length]))
            {
                yield return (link[start.Length..^end.Length], Number(entry.Name));
            }
        }
    }

    /// <summary>Makes it, without close on exec, so that a program that is started has it.</summary>
    public int Make(ISystemCalls calls)
    {
        int descriptor = LiveUpdateCalls.Demand(
            calls.CreateMemory(System.Text.Encoding.UTF8.GetBytes(Name), MemoryModes.AllowSealing),
            $"make {Name}");
        KernelGuest.Pattern.Fill(calls, descriptor, Bytes, Pattern);
        _ = LiveUpdateCalls.Demand(calls.AddSeals(descriptor, Seals), $"seal {Name}");
        return descriptor;
    }

    /// <summary>Says whether a descriptor has its bytes.</summary>
    public void Check(ISystemCalls calls, int descriptor)
    {
        int wrong = KernelGuest.Pattern.WrongBytes(calls, descriptor, Bytes, Pattern);
        Serial.Check($"content {Name}", wrong == 0, string.Create(
            CultureInfo.InvariantCulture, $"{wrong} of {Bytes} bytes are wrong"));
    }

    /// <summary>Writes one byte into it.</summary>
    public void Poke(ISystemCalls calls, long offset, byte value) =>
        _ = LiveUpdateCalls.Demand(calls.WriteAt(Descriptor, [value], offset), $"write into {Name}");

    /// <summary>
    /// Says whether it can be made longer and shorter again, as it should or should not be.
    /// </summary>
    public void CheckResize(ISystemCalls calls, bool canResize)
    {
        CallResult longer = calls.SetLength(Descriptor, Bytes + 1L);
        CallResult back = calls.SetLength(Descriptor, Bytes);
        Serial.Check($"resize {Name}", longer.IsDone == canResize && back.IsDone, $"{longer}, {back}");
    }

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
