namespace GraphOrder;

/// <summary>One arc of a closed walk: <see cref="First"/> goes before <see cref="Then"/>.</summary>
internal readonly record struct WalkArc(int First, int Then, ArcLabel Label);
