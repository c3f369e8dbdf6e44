using System.Globalization;
using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelGuest;

/// <summary>A memfd of a script: <c>memory NAME BYTES PATTERN [SEALS]</c>.</summary>
/// <param name="Name">Its name, in the script and for the kernel.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Pattern">What it holds (see <see cref="KernelGuest.Pattern"/>).</param>
/// <param name="Seals">What it is sealed with once it is full.</param>
/// <param name="Descriptor">Where it is open; -1 for nowhere.</param>
internal sealed record ScriptMemory(string Name, int Bytes, int Pattern, Seals Seals, int Descriptor)
{
    public static ScriptMemory Parse(string[] words) => new(
        words[1], Number(words[2]), Number(words[3]), words.Length > 4 ? (Seals)Number(words[4]) : Seals.None, -1);

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

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
