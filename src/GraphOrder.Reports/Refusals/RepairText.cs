using System.Collections.Immutable;
using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>A repair in words: what it does, and what that costs whoever does it.</summary>
internal sealed class RepairText
{
    private const int NamesMax = 6;
    private const int PartsMax = 4;

    private readonly DependencyGraph _graph;
    private readonly Repair _repair;
    private readonly HashSet<string> _merged;

    public RepairText(DependencyGraph graph, Repair repair)
    {
        _graph = graph;
        _repair = repair;
        _merged = MergedOf(repair);
    }

    /// <summary>What a repair does.</summary>
    public static string What(Repair repair)
    {
        HashSet<string> merged = MergedOf(repair);
        List<string> parts =
        [
            .. repair.Merges.Select(static merge =>
                $"merge {PlainText.Id(merge.Session)} into {PlainText.Id(merge.Into)}"),
        ];
        foreach (IGrouping<string, FileMove> moves in repair.Moves
            .Where(move => !merged.Contains(move.From))
            .GroupBy(static move => move.Into))
        {
            string files = Names([.. moves.Select(static move => move.File)]);
            parts.Add(repair.NewSessions.Contains(moves.Key)
                ? $"new session {PlainText.Quoted(moves.Key)} for {files}"
                : $"move {files} into {PlainText.Id(moves.Key)}");
        }

        foreach (IGrouping<(string, string), Waiver> waivers in WaiversOf(repair))
        {
            string phases = string.Join(", ", waivers.Select(static waiver => waiver.Phase!.Value.Name()));
            parts.Add(
                $"waive {PlainText.Id(waivers.Key.Item1)} => {PlainText.Id(waivers.Key.Item2)} in {phases}");
        }

        return Some(parts, "; ", "more");
    }

    /// <summary>What whoever does it has to live with.</summary>
    public string Price()
    {
        List<string> prices = [];
        AddWaived(prices);
        AddPlaces(prices);
        string[] tokens =
        [
            .. _repair.Moves.Where(static move => move.NewToken is not null).Select(static move =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{PlainText.Id(move.File)} gets token 0x{move.NewToken:x}")),
        ];
        if (tokens.Length > 0)
        {
            string owners = tokens.Length == 1 ? "its own is" : "their own are";
            prices.Add($"{Some(tokens, ", ", "files get new ones")}, since {owners} taken there");
        }

        string[] metadata = Metadata();
        if (metadata.Length > 0)
        {
            prices.Add($"{Names([.. metadata])} must name the new places of what it describes");
        }

        return string.Join("; ", prices);
    }

    private static HashSet<string> MergedOf(Repair repair) =>
        [.. repair.Merges.Select(static merge => merge.Session)];

    private static IEnumerable<IGrouping<(string, string), Waiver>> WaiversOf(Repair repair) =>
        repair.Waived.GroupBy(static waiver => (waiver.Dependent, waiver.On));

    private void AddWaived(List<string> prices)
    {
        if (_repair.Waived.IsEmpty)
        {
            return;
        }

        string least = _repair.WeightMin is not { } bound || bound == 0 ? ""
            : _repair.IsLeastWeight ? ", the least that helps"
            : $" (nothing lighter than {bound} helps)";
        prices.Add($"weight {_repair.Cost.WeightWaived}{least}");
        List<string> dangers = [];
        foreach (IGrouping<(string, string), Waiver> waivers in WaiversOf(_repair))
        {
            // Of several phases the last one is the gravest: in finish memory is given away.
            Waiver last = waivers.Last();
            dangers.Add(CycleDangers.Of(_graph, last.Phase!.Value, last.Dependent, last.On));
        }

        prices.Add(Some(dangers, "; ", "likewise"));
    }

    private void AddPlaces(List<string> prices)
    {
        int newCount = _repair.NewSessions.Length;
        if (newCount > 0)
        {
            prices.Add($"{Plural.Of(newCount, "session")} more to create, retrieve and finish");
        }

        string[] targets = [.. _repair.Merges.Select(static merge => merge.Into).Distinct()];
        if (targets.Length > 0)
        {
            int held = _repair.Merges.Length + targets.Length;
            prices.Add("one file that cannot finish holds "
                + (held == 2 ? "both sessions"
                    : targets.Length == 1 ? $"all {held} sessions"
                    : "those merged"));
        }

        AddActs(prices);

        FileMove[] moved =
        [
            .. _repair.Moves.Where(move => !_merged.Contains(move.From)
                && !_repair.NewSessions.Contains(move.Into)),
        ];
        if (moved.Length > 0)
        {
            string[] into = [.. moved.Select(static move => move.Into).Distinct()];
            string verb = moved.Length == 1 ? "is" : "are";
            prices.Add($"{Names([.. moved.Select(static move => move.File)])} {verb} held until "
                + $"{Names([.. into])} {(into.Length == 1 ? "finishes" : "finish")}");
        }
    }

    // An act stands with its session: it goes where all its files go, or keeps the session without any.
    private void AddActs(List<string> prices)
    {
        HashSet<string> withActs = [.. _graph.Set.Objects.Where(static found => found.Act is not null).Select(
            found => _graph.Set.NameOf(found.Act!.Session))];
        string[] going = [.. _repair.Merges.Select(static merge => merge.Session).Where(withActs.Contains)];
        if (going.Length > 0)
        {
            prices.Add($"the acts of {Names([.. going])} go along");
        }

        HashSet<string> filled = [.. _repair.Changed.Objects.Where(static found => found.IsFile).Select(
            found => _repair.Changed.NameOf(found.Session!.Value))];
        string[] empty =
        [
            .. _repair.Moves.Select(static move => move.From).Distinct().Where(session =>
                withActs.Contains(session) && !_merged.Contains(session) && !filled.Contains(session)),
        ];
        if (empty.Length > 0)
        {
            prices.Add(empty.Length == 1
                ? $"{Names([.. empty])} stays without files, for its acts"
                : $"{Names([.. empty])} stay without files, for their acts");
        }
    }

    // Metadata that finds what it describes under another token, or not in its own session any more.
    private string[] Metadata()
    {
        HashSet<string> moved = [.. _repair.Moves.Select(static move => move.File)];
        SessionSet changed = _repair.Changed;
        List<string> metadata = [];
        foreach (ObjectReference described in _graph.Set.Describes)
        {
            if (_graph.FileOf(described.Id) is not { } file
                || _graph.FileOf(described.Owner) is not { } owner)
            {
                continue;
            }

            string name = _graph.Set.NameOf(file);
            bool isApart = changed.Objects[file.Index].Session != changed.Objects[owner.Index].Session;
            bool hasMoved = moved.Contains(name) || moved.Contains(_graph.Set.NameOf(owner));
            bool hasNewToken = _repair.Moves.Any(move => move.File == name && move.NewToken is not null);
            if ((hasMoved && isApart) || hasNewToken)
            {
                metadata.Add(_graph.Set.NameOf(described.Owner));
            }
        }

        return [.. metadata.Distinct()];
    }

    private static string Names(ImmutableArray<string> names)
    {
        string shown = string.Join(", ", names.Take(NamesMax).Select(PlainText.Id));
        return names.Length <= NamesMax ? shown : $"{shown} and {names.Length - NamesMax} more";
    }

    private static string Some(IReadOnlyList<string> parts, string separator, string rest)
    {
        string shown = string.Join(separator, parts.Take(PartsMax));
        return parts.Count <= PartsMax ? shown : $"{shown}{separator}{parts.Count - PartsMax} {rest}";
    }
}
