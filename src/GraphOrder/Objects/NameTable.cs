using System.Buffers.Binary;
using System.Text;

namespace GraphOrder;

/// <summary>
/// Names as bytes of UTF-8, each once, numbered from 0 up in the order in which they came. One block of
/// bytes and one open-addressing table; a string is made only for whoever asks. Not thread-safe while names
/// are added, thread-safe afterwards.
/// </summary>
/// <remarks>
/// Hashes are seeded anew for each process, so that nobody can write a document whose names collide.
/// </remarks>
public sealed class NameTable
{
    private const int SlotCountMin = 16;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private static readonly ulong Seed = NewSeed();

    private byte[] _bytes = new byte[256];
    private int[] _ends = new int[8];

    // A number from 1 up in as many low bits as the table's length needs, and above it those of the hash; 0
    // is an empty slot.
    private uint[] _slots = new uint[SlotCountMin];

    /// <summary>How many names there are.</summary>
    public int Count { get; private set; }

    /// <summary>All names, one after another.</summary>
    internal ReadOnlySpan<byte> AllUtf8 => _bytes.AsSpan(0, First(Count));

    /// <summary>The name of a number, in UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        int first = First(index);
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

    /// <summary>
    /// The same names under the same numbers, to which more can be added. O(names), no hashing.
    /// </summary>
    internal NameTable Copy() => new()
    {
        _bytes = [.. _bytes],
        _ends = [.. _ends],
        _slots = [.. _slots],
        Count = Count,
    };

    private static ulong NewSeed() =>
        unchecked(((ulong)(uint)HashCode.Combine(1) << 32) | (uint)HashCode.Combine(2) | 1);

    /// <summary>The hash of a name, the same for all tables of a process.</summary>
    /// <remarks>Eight bytes a turn, each folded into the state by a wide product with the seed.</remarks>
    internal static uint Hash(ReadOnlySpan<byte> utf8)
    {
        ulong state = Seed ^ (ulong)utf8.Length;
        if (utf8.Length >= sizeof(ulong))
        {
            // The last turn takes the last eight bytes, some of them again: the length is in the state.
            ulong last = BinaryPrimitives.ReadUInt64LittleEndian(utf8[^sizeof(ulong)..]);
            for (; utf8.Length > sizeof(ulong); utf8 = utf8[sizeof(ulong)..])
            {
                state = Fold(state ^ BinaryPrimitives.ReadUInt64LittleEndian(utf8));
            }

            return Finish(state ^ last);
        }

        ulong rest = 0;
        foreach (byte value in utf8)
        {
            rest = (rest << 8) | value;
        }

        return Finish(state ^ rest);
    }

    private static uint Finish(ulong state) => unchecked((uint)Fold(Fold(state) ^ Multiplier));

    private static ulong Fold(ulong value)
    {
        ulong high = Math.BigMul(value, Seed ^ Multiplier, out ulong low);
        return high ^ low;
    }

    private int First(int index) => index == 0 ? 0 : _ends[index - 1];

    private bool Find(ReadOnlySpan<byte> utf8, uint hash, out int index)
    {
        uint[] slots = _slots;
        uint mask = (uint)slots.Length - 1;
        for (uint at = hash & mask; slots[at] is var slot and not 0; at = (at + 1) & mask)
        {
            if (((slot ^ hash) & ~mask) == 0)
            {
                index = (int)(slot & mask) - 1;
                int first = First(index);
                if (_bytes.AsSpan(first, _ends[index] - first).SequenceEqual(utf8))
                {
                    return true;
                }
            }
        }

        index = -1;
        return false;
    }

    private void Append(ReadOnlySpan<byte> utf8, uint hash)
    {
        int first = First(Count);
        if (first + utf8.Length > _bytes.Length)
        {
            Array.Resize(
                ref _bytes,
                (int)Math.Min(Array.MaxLength, Math.Max(2L * _bytes.Length, first + utf8.Length)));
        }

        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, 2 * Count);
        }

        utf8.CopyTo(_bytes.AsSpan(first));
        _ends[Count] = first + utf8.Length;
        Count++;
        if (4L * Count > 3L * _slots.Length)
        {
            Rehash();
        }
        else
        {
            Place(_slots, hash, Count);
        }
    }

    private void Rehash()
    {
        uint[] wider = new uint[2 * _slots.Length];
        for (int number = 1; number <= Count; number++)
        {
            Place(wider, Hash(Utf8(number - 1)), number);
        }

        _slots = wider;
    }

    private static void Place(uint[] slots, uint hash, int number)
    {
        uint mask = (uint)slots.Length - 1;
        uint at = hash & mask;
        while (slots[at] != 0)
        {
            at = (at + 1) & mask;
        }

        slots[at] = (hash & ~mask) | (uint)number;
    }
}
