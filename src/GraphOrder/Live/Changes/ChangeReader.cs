namespace GraphOrder;

/// <summary>Who looks at what has changed in a live graph, each in his own time.</summary>
[Flags]
internal enum ChangeReader : byte
{
    None = 0,
    FrozenGraph = 1,
    Plan = 2,
    All = FrozenGraph | Plan,
}
