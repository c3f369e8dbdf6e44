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
    /// <param name="utf8">The name.</param>
    /// <param name="guess">Which one it may be: members mostly come in the order of these names.</param>
    public int Find(ReadOnlySpan<byte> utf8, int guess = 0)
    {
        byte[][] names = _utf8;
        for (int i = guess; i < names.Length; i++)
        {
            if (utf8.SequenceEqual(names[i]))
            {
                return i;
            }
        }

        for (int i = 0; i < guess; i++)
        {
            if (utf8.SequenceEqual(names[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
