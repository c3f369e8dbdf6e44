namespace GraphOrder;

/// <summary>How a lifecycle model decides the order of one phase. Immutable.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Unit">What moves as one.</param>
/// <param name="Between">How sessions follow one another.</param>
/// <param name="IsBackward">Whether the phase runs that order from its last session to its first.</param>
/// <param name="Inside">What decides inside a session.</param>
public readonly record struct PhaseRule(
    Phase Phase,
    StepUnit Unit,
    SessionOrder Between,
    bool IsBackward,
    InsideSession Inside)
{
    private const string Forward = "forward";
    private const string Backward = "backward";

    /// <summary>
    /// Whether a dependency inside one session constrains the order in which files are preserved.
    /// </summary>
    public bool ReadsPreserveOrder =>
        Inside is InsideSession.PreserveForward or InsideSession.PreserveBackward;

    /// <summary>
    /// Whether an act may stand in the phase: where the caller makes its calls, one a step or one a session,
    /// and so can do something between two of them. What the kernel walks by itself (its list of created
    /// sessions, one row of all files) or does at once has no such place.
    /// </summary>
    public bool TakesActs => Unit != StepUnit.Everything
        && (Between.IsInterleaved ? Inside == InsideSession.Chosen : Between != SessionOrder.Create);

    /// <summary>
    /// Whether a caller names a session and nothing in it: the phase moves it at once, or runs through its
    /// files by itself.
    /// </summary>
    public bool IsCalledBySession =>
        Unit == StepUnit.Session || (Unit == StepUnit.File && !Between.IsInterleaved && ReadsPreserveOrder);

    /// <summary>What moves as one, as documents write it: <c>file</c>.</summary>
    public string UnitText => Unit switch
    {
        StepUnit.Object => "object",
        StepUnit.File => "file",
        StepUnit.Session => "session",
        _ => "everything",
    };

    /// <summary>How sessions follow one another, as documents write it: <c>create backward</c>.</summary>
    public string BetweenText => Between.IsInterleaved
        ? Between.Name
        : $"{Between.Name} {(IsBackward ? Backward : Forward)}";

    /// <summary>What decides inside a session, as documents write it: <c>preserve forward</c>.</summary>
    public string InsideText => Inside switch
    {
        InsideSession.Chosen => "chosen",
        InsideSession.PreserveForward => $"preserve {Forward}",
        InsideSession.PreserveBackward => $"preserve {Backward}",
        _ => "together",
    };

    /// <summary>Reads what <see cref="UnitText"/> writes.</summary>
    public static bool TryParseUnit(string text, out StepUnit unit)
    {
        unit = text switch
        {
            "object" => StepUnit.Object,
            "file" => StepUnit.File,
            "session" => StepUnit.Session,
            _ => StepUnit.Everything,
        };
        return unit != StepUnit.Everything || text == "everything";
    }

    /// <summary>Reads what <see cref="BetweenText"/> writes.</summary>
    public static bool TryParseBetween(string text, out SessionOrder between, out bool isBackward)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] words = text.Split(' ');
        isBackward = words[^1] == Backward;
        bool isNamed = words.Length == 2
            && SessionOrder.IsName(words[0])
            && words[1] is Forward or Backward;
        between = isNamed ? SessionOrder.Named(words[0]) : SessionOrder.Interleaved;
        return isNamed || text == SessionOrder.Interleaved.Name;
    }

    /// <summary>Reads what <see cref="InsideText"/> writes.</summary>
    public static bool TryParseInside(string text, out InsideSession inside)
    {
        inside = text switch
        {
            "chosen" => InsideSession.Chosen,
            $"preserve {Forward}" => InsideSession.PreserveForward,
            $"preserve {Backward}" => InsideSession.PreserveBackward,
            _ => InsideSession.Together,
        };
        return inside != InsideSession.Together || text == "together";
    }

    /// <summary>
    /// The rule as the contract's table writes it: <c>file; create backward; preserve forward</c>.
    /// </summary>
    public override string ToString() => Unit == StepUnit.Everything
        ? $"{UnitText}; {InsideText}"
        : $"{UnitText}; {BetweenText}; {InsideText}";
}
