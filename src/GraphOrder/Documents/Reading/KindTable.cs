using System.Text;

namespace GraphOrder;

/// <summary>
/// The kinds that a document names: each is looked up once, whoever repeats it. Not thread-safe.
/// </summary>
internal sealed class KindTable
{
    private readonly NameTable _names = new();
    private readonly List<ObjectKind> _kinds = [];
    private int _last = -1;

    /// <summary>A kind by its number; 0 is none.</summary>
    public ObjectKind this[int number] => number == 0 ? default : _kinds[number - 1];

    /// <summary>Whether there is a kind of this name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="number">Its number here, from 1 up; 0 where there is none.</param>
    public bool TryFind(ReadOnlySpan<byte> name, out int number)
    {
        // Objects of one kind mostly stand together.
        if (_last < 0 || !_names.Utf8(_last).SequenceEqual(name))
        {
            if (_names.TryAdd(name, out _last))
            {
                _kinds.Add(ObjectKind.TryParse(Encoding.UTF8.GetString(name), out ObjectKind parsed)
                    ? parsed
                    : default);
            }
        }

        number = _kinds[_last].Name.Length > 0 ? _last + 1 : 0;
        return number > 0;
    }
}
