namespace GraphOrder.LiveUpdate;

/// <summary>What a token of the language of Graphviz is.</summary>
internal enum DotKind
{
    End,
    Id,
    Keyword,
    Sign,
}
