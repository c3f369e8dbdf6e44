using System.Collections.Immutable;
using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>The report on what tells models apart.</summary>
internal sealed class ModelsText
{
    private const int NameColumn = 2;

    private readonly ReportLines _lines;
    private readonly ImmutableArray<ModelDifference> _differences;
    private readonly string? _folder;
    private readonly int _textColumn;

    public ModelsText(
        ReportLines lines, ImmutableArray<ModelDifference> differences, string? folder)
    {
        _lines = lines;
        _differences = differences;
        _folder = folder;
        int widest = 0;
        foreach (ModelDifference difference in differences)
        {
            widest = Math.Max(widest, PlainText.Id(difference.Illegal).Length);
        }

        _textColumn = NameColumn + widest + 2;
    }

    public void Write()
    {
        int told = _differences.Count(static difference => difference.Smallest is not null);
        string size = string.Create(
            CultureInfo.InvariantCulture,
            $"{ModelDifferences.ObjectsMax} objects and {ModelDifferences.SessionsMax} sessions");
        _lines.Wrapped(0, string.Create(
            CultureInfo.InvariantCulture,
            $"{told} of {_differences.Length} ordered pairs are told apart by a set of up to {size}."));
        string legal = "";
        foreach (ModelDifference difference in _differences.OrderBy(FirstOf))
        {
            if (difference.Legal != legal)
            {
                legal = difference.Legal;
                _lines.Blank();
                _lines.Wrapped(0, $"Legal under {PlainText.Id(legal)}, refused by");
            }

            WriteDifference(difference, size);
        }

        if (_folder is not null && told > 0)
        {
            ModelDifference first = _differences.First(static difference => difference.Smallest is not null);
            _lines.Blank();
            string path = $"{_folder.TrimEnd('/')}/{ModelSetFile.NameOf(first)}";
            string[] model = first.Illegal == PushRule.Name ? [] : ["--model", ShellWord.Of(first.Illegal)];
            _lines.Command("PLAN", 10, ["graph-order", "plan", ShellWord.Path(path), .. model]);
        }
    }

    // Differences of one model stand together, in the order in which the models first stand.
    private int FirstOf(ModelDifference difference)
    {
        for (int i = 0; i < _differences.Length; i++)
        {
            if (_differences[i].Legal == difference.Legal)
            {
                return i;
            }
        }

        return _differences.Length;
    }

    private void WriteDifference(ModelDifference difference, string size)
    {
        string name = PlainText.Id(difference.Illegal);
        if (difference.Smallest is not { } set)
        {
            _lines.Labelled(NameColumn, name, _textColumn, $"none up to {size}");
            return;
        }

        _lines.Labelled(NameColumn, name, _textColumn, Places(set));
        List<string> needs = [];
        foreach (DeclaredDependency declared in set.Dependencies)
        {
            needs.Add($"{set.NameOf(declared.Dependent)} needs {set.NameOf(declared.On)}");
        }

        string phases = Bound(set.Dependencies[0].Phases ?? PhaseSet.Default);
        _lines.Wrapped(_textColumn, $"{string.Join(", ", needs)}; in {phases}");
    }

    private static string Bound(PhaseSet phases) =>
        phases == PhaseSet.All ? "all six phases"
        : phases == PhaseSet.Default ? "all phases but unfreeze"
        : phases.ToString();

    // Session by session: files, and in brackets what they carry.
    private static string Places(SessionSet set)
    {
        List<string> sessions = [];
        for (int s = 0; s < set.Sessions.Length; s++)
        {
            List<string> files = [];
            for (int i = 0; i < set.Objects.Length; i++)
            {
                ObjectId file = new(i);
                if (set.Objects[i].Session == new SessionId(s))
                {
                    IEnumerable<string> carried = Enumerable.Range(0, set.Objects.Length)
                        .Where(other => set.Objects[other].Carrier == file)
                        .Select(other => set.NameOf(new ObjectId(other)));
                    string inside = string.Join(", ", carried);
                    files.Add(inside.Length == 0 ? set.NameOf(file) : $"{set.NameOf(file)} ({inside})");
                }
            }

            sessions.Add($"{set.NameOf(new SessionId(s))}: {string.Join(", ", files)}");
        }

        return string.Join("; ", sessions);
    }
}
