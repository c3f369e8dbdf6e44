namespace GraphOrder.Reports;

/// <summary>What the rows of a timeline are called.</summary>
internal sealed class RowText
{
    /// <summary>The most characters of a name.</summary>
    public const int NameColumns = 30;

    /// <summary>The most characters of what stands beside a name.</summary>
    public const int DetailColumns = 22;

    private const int CarriedMax = 12;
    private const int ClassColumns = 10;

    private readonly DependencyGraph _graph;
    private readonly ReportNames _names;
    private readonly CarriedObjects _carried;
    private readonly TimelineSteps _steps;
    private readonly LimitedClasses _classes;

    public RowText(
        DependencyGraph graph,
        ReportNames names,
        CarriedObjects carried,
        TimelineSteps steps,
        LimitedClasses classes)
    {
        _graph = graph;
        _names = names;
        _carried = carried;
        _steps = steps;
        _classes = classes;
    }

    /// <summary>How many objects travel in one and have no row of their own.</summary>
    public int CarriedCount(ObjectId id)
    {
        int count = 0;
        foreach (ObjectId carried in _carried.Of(id))
        {
            count += _steps.HasAny(carried) ? 0 : 1;
        }

        return count;
    }

    /// <summary>The row of objects that are alike, the first of which is drawn.</summary>
    public TimelineRow Of(IReadOnlyList<ObjectId> members)
    {
        ObjectId first = members[0];
        int carried = CarriedCount(first);
        string more = carried > 0 ? $" +{carried}" : "";
        string name = SvgFont.Elided(
            _names.Short(first, _names.HomeOf(first)), NameColumns - more.Length);
        SortedSet<int> classes = _classes.Of(first);
        string held = classes.Count > 0 ? $" [{SvgFont.Elided(_classes.Told(classes), ClassColumns)}]" : "";
        string kind = SvgFont.Elided(
            PlainText.Sentence(_graph[first].Kind.Name), DetailColumns - held.Length);
        return new TimelineRow
        {
            Label = name + more,
            Detail = kind + held,
            Title = TitleOf(first, classes, members.Count),
            Members = members,
            ObjectCount = members.Count * (1 + carried),
        };
    }

    private string TitleOf(ObjectId id, SortedSet<int> classes, int count)
    {
        PreservedObject found = _graph[id];
        // The one place of a picture that has the whole of a long name.
        List<string> told = [_names.WholeOf(id), PlainText.Sentence(found.Kind.Name)];
        if (found.IsFile)
        {
            told.Add($"token 0x{_graph.TokenOf(id):x}");
        }

        foreach (int held in classes)
        {
            string places = Plural.Of(_classes.PlacesOf(held), "place");
            told.Add($"class {PlainText.Id(_classes.Names[held])} ({places})");
        }

        ReadOnlySpan<ObjectId> carried = _carried.Of(id);
        if (carried.Length > 0)
        {
            List<string> names = [];
            foreach (ObjectId each in carried[..Math.Min(CarriedMax, carried.Length)])
            {
                names.Add(_names.Short(each, _names.HomeOf(id)));
            }

            string rest = carried.Length > CarriedMax ? $" and {carried.Length - CarriedMax} more" : "";
            told.Add($"carries {string.Join(' ', names)}{rest}");
        }

        if (count > 1)
        {
            told.Add($"and {count - 1} alike");
        }

        return string.Join(", ", told);
    }
}
