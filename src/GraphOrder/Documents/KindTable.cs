using System.Text;

namespace GraphOrder;

/// <summary>
/// The kinds that a document names: each is looked up once, whoever repeats it. Not thread-safe.
/// </summary>
internal sealed class KindTable
{
    private readonly NameTable _names = new();
    private readonly List<ObjectKind> _kinds = [];

    /// <summary>Whether there is a kind of this name.</summary>
    public bool TryFind(ReadOnlySpan<byte> name, out ObjectKind kind)
    {
        if (_names.TryAdd(name, out int index))
        {
            _kinds.Add(ObjectKind.TryParse(Encoding.UTF8.GetString(name), out ObjectKind parsed)
                ? parsed
                : default);
        }

        kind = _kinds[index];
        return kind.Name.Length > 0;
    }
}
