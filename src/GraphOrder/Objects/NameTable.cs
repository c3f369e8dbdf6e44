using System.Text;

namespace GraphOrder;

/// <summary>
/// Names as bytes of UTF-8, each once, numbered from 0 up in the order in which they came. One block of
/// bytes and one open-addressing table; a string is made only for whoever asks. Not thread-safe while names
/// are added, thread-safe afterwards.
/// </summary>
public sealed class NameTable
{
    private const int SlotCountMin = 16;

    private byte[] _bytes = new byte[256];
    private int[] _ends = new int[8];
    private uint[] _hashes = new uint[8];
    private int[] _slots = new int[SlotCountMin];

    /// <summary>How many names there are.</summary>
    public int Count { get; private set; }

    /// <summary>The name of a number, in UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        int first = index == 0 ? 0 : _ends[index - 1];
        return _bytes.AsSpan(first, _ends[index] - first);
    }

    /// <summary>The name of a number as text, made anew at each call.</summary>
    public string Text(int index) => Encoding.UTF8.GetString(Utf8(index));

    /// <summary>Adds a name, or finds it.</summary>
    /// <returns>Whether it is new.</returns>
    /// <remarks>O(length) expected.</remarks>
    public bool TryAdd(ReadOnlySpan<byte> utf8, out int index)
    {
        uint hash = Hash(utf8);
        if (Find(utf8, hash, out index))
        {
            return false;
        }

        index = Count;
        Append(utf8, hash);
        return true;
    }

    /// <summary>Adds a name, or finds it.</summary>
    public bool TryAdd(string text, out int index) => TryAdd(Encoding.UTF8.GetBytes(text), out index);

    /// <summary>Finds a name.</summary>
    public bool TryFind(ReadOnlySpan<byte> utf8, out int index) => Find(utf8, Hash(utf8), out index);

    /// <summary>Finds a name.</summary>
    public bool TryFind(string text, out int index) => TryFind(Encoding.UTF8.GetBytes(text), out index);

    /// <summary>Adds a name that is known to be new, and its hash with it.</summary>
    internal void AddNew(ReadOnlySpan<byte> utf8, uint hash) => Append(utf8, hash);

    /// <summary>The same names under the same numbers, to which more can be added. O(names), no hashing.
    /// </summary>
    internal NameTable Copy() => new()
    {
        _bytes = [.. _bytes],
        _ends = [.. _ends],
        _hashes = [.. _hashes],
        _slots = [.. _slots],
        Count = Count,
    };

    /// <summary>The hash of a name, the same for all tables of a process.</summary>
    internal static uint Hash(ReadOnlySpan<byte> utf8)
    {
        HashCode hash = default;
        hash.AddBytes(utf8);
        return unchecked((uint)hash.ToHashCode());
    }

    private bool Find(ReadOnlySpan<byte> utf8, uint hash, out int index)
    {
        int mask = _slots.Length - 1;
        for (int slot = (int)(hash & (uint)mask); _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            index = _slots[slot] - 1;
            if (_hashes[index] == hash && Utf8(index).SequenceEqual(utf8))
            {
                return true;
            }
        }

        index = -1;
        return false;
    }

    private void Append(ReadOnlySpan<byte> utf8, uint hash)
    {
        int first = Count == 0 ? 0 : _ends[Count - 1];
        if (first + utf8.Length > _bytes.Length)
        {
            Array.Resize(
                ref _bytes,
                (int)Math.Min(Array.MaxLength, Math.Max(2L * _bytes.Length, first + utf8.Length)));
        }

        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, 2 * Count);
            Array.Resize(ref _hashes, 2 * Count);
        }

        utf8.CopyTo(_bytes.AsSpan(first));
        _ends[Count] = first + utf8.Length;
        _hashes[Count] = hash;
        Count++;
        if (4L * Count > 3L * _slots.Length)
        {
            Rehash();
        }
        else
        {
            Place(Count - 1);
        }
    }

    private void Rehash()
    {
        _slots = new int[2 * _slots.Length];
        for (int index = 0; index < Count; index++)
        {
            Place(index);
        }
    }

    private void Place(int index)
    {
        int mask = _slots.Length - 1;
        int slot = (int)(_hashes[index] & (uint)mask);
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        _slots[slot] = index + 1;
    }
}
