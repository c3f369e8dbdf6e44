using System.Text;

namespace GraphOrder;

/// <summary>The members that one place of a document may have. At most 64. Immutable.</summary>
internal sealed class MemberNames
{
    private readonly byte[][] _utf8;
    private readonly string[] _names;

    public MemberNames(params string[] names)
    {
        _names = names;
        _utf8 = [.. names.Select(Encoding.UTF8.GetBytes)];
    }

    public ReadOnlySpan<string> Names => _names;

    public string this[int index] => _names[index];

    /// <summary>The index of a name; -1 where it is none of these.</summary>
    public int Find(ReadOnlySpan<byte> utf8)
    {
        for (int i = 0; i < _utf8.Length; i++)
        {
            if (utf8.SequenceEqual(_utf8[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
