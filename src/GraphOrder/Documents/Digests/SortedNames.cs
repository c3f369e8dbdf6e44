using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Writes the lists of <c>needs</c> or <c>describes</c> of one object after another: sorted by UTF-16 code
/// units and without repeats, without a string for any of them. Not thread-safe.
/// </summary>
internal sealed class SortedNames
{
    // UTF-8 sorts as UTF-16 does but for what lies above the surrogates: there, four bytes come first.
    private const byte AboveSurrogates = 0xEE;
    private const byte FourBytes = 0xF0;

    private const int FewCount = 8;

    private readonly SessionSet _set;
    private readonly ImmutableArray<ObjectReference> _all;
    private readonly EmptyLists _emptyList;
    private readonly Comparison<int> _compare;
    private int[] _ids = new int[16];
    private int _next;

    public SortedNames(SessionSet set, ImmutableArray<ObjectReference> all, EmptyLists emptyList)
    {
        _set = set;
        _all = all;
        _emptyList = emptyList;
        _compare = Compare;
    }

    /// <summary>Writes the list of an object as a member, where it has one. Owners come in order.</summary>
    public void Write(CanonicalJson json, string member, ObjectId owner)
    {
        int count = Take(owner);
        if (count == 0 && (_set.Objects[owner.Index].Facts.EmptyLists & _emptyList) == 0)
        {
            return;
        }

        Span<int> ids = _ids.AsSpan(0, count);
        if (count <= FewCount)
        {
            SortFew(ids);
        }
        else
        {
            ids.Sort(_compare);
        }

        json.Name(member);
        json.BeginList();
        for (int i = 0; i < count; i++)
        {
            if (i == 0 || ids[i] != ids[i - 1])
            {
                json.Text(_set.Ids.Utf8(ids[i]), _set.HasPlainIds);
            }
        }

        json.EndList();
    }

    private int Take(ObjectId owner)
    {
        int count = 0;
        for (; _next < _all.Length && _all[_next].Owner == owner; _next++)
        {
            if (count == _ids.Length)
            {
                Array.Resize(ref _ids, 2 * count);
            }

            _ids[count++] = _all[_next].Id.Index;
        }

        return count;
    }

    // Each goes forward past those that come behind it; mostly none does.
    private void SortFew(Span<int> ids)
    {
        for (int i = 1; i < ids.Length; i++)
        {
            int id = ids[i];
            int at = i;
            for (; at > 0 && Compare(ids[at - 1], id) > 0; at--)
            {
                ids[at] = ids[at - 1];
            }

            ids[at] = id;
        }
    }

    private int Compare(int left, int right)
    {
        ReadOnlySpan<byte> first = _set.Ids.Utf8(left);
        ReadOnlySpan<byte> second = _set.Ids.Utf8(right);
        if (_set.HasPlainIds)
        {
            return first.SequenceCompareTo(second);
        }

        int same = first.CommonPrefixLength(second);
        if (same == first.Length || same == second.Length)
        {
            return first.Length.CompareTo(second.Length);
        }

        (byte one, byte other) = (first[same], second[same]);
        bool isSwapped = one >= AboveSurrogates && other >= AboveSurrogates
            && one >= FourBytes != other >= FourBytes;
        return isSwapped ? other.CompareTo(one) : one.CompareTo(other);
    }
}
