namespace GraphOrder.Cli;

/// <summary>
/// The set that a command line names, for its names. Nothing is said of what is wrong with it.
/// </summary>
internal sealed class CompletionSet
{
    private const int BytesMax = 8 << 20;

    private readonly SessionSet _set;
    private readonly Completed _answer;
    private readonly string _prefix;

    private CompletionSet(SessionSet set, Completed answer, string prefix)
    {
        _set = set;
        _answer = answer;
        _prefix = prefix;
    }

    /// <summary>Reads it, where that is soon done.</summary>
    /// <param name="path">What the command line says.</param>
    /// <param name="answer">Gets the names.</param>
    /// <param name="prefix">What stands in front of each.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null where there is none that could be read.</returns>
    public static CompletionSet? Open(
        string? path, Completed answer, string prefix, CancellationToken cancellation)
    {
        // Pipes and devices have no length, and would wait.
        if (path is null || !File.Exists(path) || new FileInfo(path).Length is 0 or > BytesMax)
        {
            return null;
        }

        using FileStream stream = File.OpenRead(path);
        return new CompletionSet(SessionSet.Read(stream, path, cancellation), answer, prefix);
    }

    /// <summary>Objects and sessions.</summary>
    public void AddEnds()
    {
        AddObjects(null);
        foreach (SessionEntry session in _set.Sessions)
        {
            _answer.Add($"{_prefix}{SessionSet.SessionPrefix}{session.Name.Text}", "session");
        }
    }

    /// <summary>Objects of one kind; of all kinds where it is null.</summary>
    public void AddObjects(ObjectKind? kind)
    {
        for (int i = 0; i < _set.Objects.Length; i++)
        {
            PreservedObject found = _set.Objects[i];
            if (kind is null || found.Kind == kind)
            {
                string about = found.Act is { } act ? $"act of {act.Phase.Name()}" : found.Kind.Name;
                _answer.Add(_prefix + _set.NameOf(new ObjectId(i)), Printable.Of(about));
            }
        }
    }

    /// <summary>Soft dependencies that are declared.</summary>
    public void AddSoft()
    {
        foreach (DeclaredDependency found in _set.Dependencies)
        {
            if (found.Strength == DependencyStrength.Soft)
            {
                Waiver waiver = new(_set.NameOf(found.Dependent), _set.NameOf(found.On), null);
                _answer.Add(_prefix + waiver, $"soft, weight {found.Weight ?? 1}");
            }
        }
    }
}
