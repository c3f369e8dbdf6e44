using System.Text.Json;

namespace GraphOrder.LiveUpdate;

/// <summary>The words of <c>graphorder/journal/1</c>, encoded once.</summary>
internal static class JournalWords
{
    public const string Schema = "graphorder/journal/1";

    public static readonly JsonEncodedText Kind = JsonEncodedText.Encode("kind");
    public static readonly JsonEncodedText At = JsonEncodedText.Encode("at");
    public static readonly JsonEncodedText Step = JsonEncodedText.Encode("step");
    public static readonly JsonEncodedText Verb = JsonEncodedText.Encode("verb");
    public static readonly JsonEncodedText Session = JsonEncodedText.Encode("session");
    public static readonly JsonEncodedText Object = JsonEncodedText.Encode("object");
    public static readonly JsonEncodedText Token = JsonEncodedText.Encode("token");
    public static readonly JsonEncodedText Error = JsonEncodedText.Encode("error");
    public static readonly JsonEncodedText Why = JsonEncodedText.Encode("why");
    public static readonly JsonEncodedText Microseconds = JsonEncodedText.Encode("microseconds");

    private static readonly string[] VerbNames =
        ["create", "preserve", "kexec", "retrieve-session", "retrieve", "finish", "act"];

    private static readonly string[] CustodyNames = ["self", "systemd", "luod"];

    private static readonly JsonEncodedText[] VerbTexts =
        [.. VerbNames.Select(name => JsonEncodedText.Encode(name))];

    /// <summary>The word of a verb, encoded.</summary>
    public static JsonEncodedText Text(this StepVerb verb) => VerbTexts[(int)verb];

    /// <summary>The word of a verb.</summary>
    public static string Name(this StepVerb verb) => VerbNames[(int)verb];

    /// <summary>The word of a custody.</summary>
    public static string Name(this CustodyKind custody) => CustodyNames[(int)custody];

    /// <summary>The verb of a word.</summary>
    public static bool TryFindVerb(string? name, out StepVerb verb)
    {
        int index = Array.IndexOf(VerbNames, name);
        verb = (StepVerb)Math.Max(index, 0);
        return index >= 0;
    }

    /// <summary>The custody of a word.</summary>
    public static bool TryFindCustody(string? name, out CustodyKind custody)
    {
        int index = Array.IndexOf(CustodyNames, name);
        custody = (CustodyKind)Math.Max(index, 0);
        return index >= 0;
    }
}
