namespace GraphOrder.Cli;

/// <summary>What can stand at the cursor.</summary>
internal sealed class Completed
{
    private const int CountMax = 5_000;
    private const int LengthMax = 256;

    private readonly string _typed;
    private readonly List<(string Value, string About)> _values = [];

    /// <param name="typed">What is there already.</param>
    public Completed(string typed) => _typed = typed;

    /// <summary>Values that begin with what is there, and a few words on each.</summary>
    public IReadOnlyList<(string Value, string About)> Values => _values;

    /// <summary>Whether a file may stand there, where no value fits.</summary>
    public bool TakesFiles { get; private set; }

    /// <summary>Whether a value is only the beginning of what has to stand there.</summary>
    public bool GoesOn { get; private set; }

    /// <summary>
    /// Adds a value, unless it does not fit or a terminal could not show it as it is.
    /// </summary>
    public void Add(string value, string about = "")
    {
        bool isShown = value.Length is > 0 and <= LengthMax && Printable.Of(value) == value;
        if (isShown && _values.Count < CountMax && value.StartsWith(_typed, StringComparison.Ordinal))
        {
            _values.Add((value, about));
        }
    }

    /// <summary>A file may stand there.</summary>
    public void AddFiles() => TakesFiles = true;

    /// <summary>What is added goes on behind itself.</summary>
    public void MustGoOn() => GoesOn = true;
}
