namespace GraphOrder.Reports;

/// <summary>What a node of a picture says: its name, what stands small below it, and its shape.</summary>
internal sealed record NodeWords(string Name, string[] Small, NodeLook Look)
{
    /// <summary>The words of a node.</summary>
    public static NodeWords Of(GraphFacts facts, DrawnNode node)
    {
        if (node.End is not { } end)
        {
            return new(Many(node), [], NodeLooks.Many);
        }

        return end.IsSession ? OfSession(facts, node, end.SessionId) : OfObject(facts, node, end.ObjectId);
    }

    /// <summary>What stands for objects of a kind, or for sessions that are not drawn.</summary>
    public static string Many(DrawnNode node) => node.Kind is { } kind
        ? $"{node.Count} x {Shown.Name(PlainText.Id(kind.Name), Shown.NameMax)}"
        : $"{Plural.Of(node.Count, "more session")}";

    private static NodeWords OfSession(GraphFacts facts, DrawnNode node, SessionId session)
    {
        string name = Shown.Name(facts.Names.Of(session), Shown.NameMax);
        List<string> small = ["session"];
        small.AddRange(node.InsideCount > 0 ? [Plural.Of(node.InsideCount, "object")] : []);
        small.AddRange(node.Count > 1 ? [$"and {node.Count - 1} alike"] : []);
        return new(name, [.. small], NodeLooks.Session);
    }

    private static NodeWords OfObject(GraphFacts facts, DrawnNode node, ObjectId id)
    {
        PreservedObject found = facts.Graph[id];
        string kind = Shown.Name(PlainText.Id(found.Kind.Name), Shown.NameMax);
        List<string> small = [found.Act is { } act ? $"{kind} of {act.Phase.Name()}" : kind];
        small.AddRange(node.InsideCount > 0 ? [$"with {Plural.Of(node.InsideCount, "object")} in it"] : []);
        string steps = facts.StepsOf(id);
        small.AddRange(steps.Length > 0 ? [steps] : []);
        return new(
            Shown.Name(facts.ShortNameOf(id), Shown.NameMax), [.. small], NodeLooks.Of(found.Kind));
    }
}
