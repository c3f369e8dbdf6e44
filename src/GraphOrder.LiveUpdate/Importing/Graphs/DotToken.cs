namespace GraphOrder.LiveUpdate;

/// <summary>A token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The id, the keyword in lower case, or the sign.</param>
/// <param name="Place">Where it begins.</param>
/// <param name="IsMarkup">Whether the id is one in angle brackets.</param>
internal readonly record struct DotToken(
    DotKind Kind, string Text, SourceLocation Place, bool IsMarkup = false)
{
    /// <summary>Whether it is a sign.</summary>
    public bool Is(string sign) => Kind == DotKind.Sign && Text == sign;

    /// <summary>How an error shows it.</summary>
    public string Shown => Kind == DotKind.End ? "the end of the file" : ImportLines.Quoted(Text);
}
