namespace GraphOrder;

/// <summary>
/// The name behind an <see cref="ObjectKind"/>. A well-known one is one instance with a number, so that
/// comparing two of them, or looking a pair up in a table, touches no characters. Immutable.
/// </summary>
internal sealed class KindName : IEquatable<KindName>
{
    /// <summary>The number of every kind of the user's own.</summary>
    public const int Custom = -1;

    public KindName(string text, int number)
    {
        Text = text;
        Number = number;
    }

    public string Text { get; }

    /// <summary>From 0 up for the well-known kinds, else <see cref="Custom"/>.</summary>
    public int Number { get; }

    public bool Equals(KindName? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Number == Custom && other.Number == Custom && Text == other.Text);

    public override bool Equals(object? obj) => Equals(obj as KindName);

    public override int GetHashCode() =>
        Number == Custom ? Text.GetHashCode(StringComparison.Ordinal) : Number;
}
