using System.Diagnostics.CodeAnalysis;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Attributes by their names, in whatever case a program writes them. Few of them, since each reader bounds
/// their number.
/// </summary>
internal sealed class ForeignAttributes
{
    /// <summary>How many a node, an edge or a graph may have.</summary>
    public const int CountMax = 64;

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    public ForeignAttributes()
    {
    }

    private ForeignAttributes(Dictionary<string, string> values) =>
        _values = new(values, StringComparer.OrdinalIgnoreCase);

    /// <summary>How many there are.</summary>
    public int Count => _values.Count;

    /// <summary>All of them.</summary>
    public IReadOnlyDictionary<string, string> All => _values;

    /// <summary>A value; null where there is none, or an empty one.</summary>
    public string? this[string name] =>
        _values.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;

    /// <summary>Sets one, unless that would be one too many.</summary>
    public bool TrySet(string name, string value)
    {
        _values[name] = value;
        return _values.Count <= CountMax;
    }

    /// <summary>Sets one where there is none.</summary>
    public void SetDefault(string name, string value) => _values.TryAdd(name, value);

    /// <summary>The same ones.</summary>
    public ForeignAttributes Copy() => new(_values);

    /// <summary>Whether it is there and says yes.</summary>
    public bool Says(string name) => this[name] is { } value
        && (value == "1" || value.Equals("true", StringComparison.OrdinalIgnoreCase)
            || value.Equals("yes", StringComparison.OrdinalIgnoreCase));

    /// <summary>A value that is there.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out string? value)
    {
        value = this[name];
        return value is not null;
    }
}
