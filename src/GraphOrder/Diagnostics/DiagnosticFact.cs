using System.Collections.Immutable;
using System.Globalization;

namespace GraphOrder;

/// <summary>One fact of a diagnostic: a named text, number or list of texts. Immutable.</summary>
public readonly record struct DiagnosticFact
{
    /// <summary>A text.</summary>
    public DiagnosticFact(string name, string text)
    {
        Name = name;
        Text = text;
    }

    /// <summary>A number.</summary>
    public DiagnosticFact(string name, long number)
    {
        Name = name;
        Number = number;
    }

    /// <summary>A list of texts.</summary>
    public DiagnosticFact(string name, ImmutableArray<string> list)
    {
        Name = name;
        List = list;
    }

    /// <summary>The member under which documents hold it, in camel case.</summary>
    public string Name { get; }

    /// <summary>The text; null for a number or a list.</summary>
    public string? Text { get; }

    /// <summary>The number; null for a text or a list.</summary>
    public long? Number { get; }

    /// <summary>The list; default for a text or a number.</summary>
    public ImmutableArray<string> List { get; }

    /// <summary>The value as a sentence shows it.</summary>
    public override string ToString() =>
        Text ?? Number?.ToString(CultureInfo.InvariantCulture) ?? (List.IsDefault ? "" : string.Join(
            ", ", List));
}
