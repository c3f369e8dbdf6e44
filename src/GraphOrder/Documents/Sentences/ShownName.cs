namespace GraphOrder;

/// <summary>
/// Names in what people read: one of thousands of characters would hide all else, so it loses its middle.
/// Documents have it whole. Thread-safe.
/// </summary>
public static class ShownName
{
    /// <summary>The longest name that stays whole, in UTF-16 units.</summary>
    public const int LengthMax = 120;

    private const string Gap = "...";
    private const int HeadLength = 72;

    /// <summary>The name, or its beginning and its end.</summary>
    /// <param name="name">The name.</param>
    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Of(name, LengthMax);
    }

    /// <summary>The text, or as much of its beginning and its end as so many units hold.</summary>
    internal static string Of(string text, int lengthMax)
    {
        if (text.Length <= lengthMax)
        {
            return text;
        }

        // Half a pair is no character.
        int head = lengthMax * HeadLength / LengthMax;
        int tail = text.Length - (lengthMax - Gap.Length - head);
        head -= char.IsHighSurrogate(text[head - 1]) ? 1 : 0;
        tail += char.IsLowSurrogate(text[tail]) ? 1 : 0;
        return $"{text[..head]}{Gap}{text[tail..]}";
    }
}
