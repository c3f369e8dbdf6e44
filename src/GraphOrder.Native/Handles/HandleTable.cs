using System.Diagnostics.CodeAnalysis;

namespace GraphOrder.Native;

/// <summary>
/// Gives numbers to what a caller holds. A number is its place and how often that place was used, so that one
/// that was given back is known as such: a place whose count is used up is not used again. Thread-safe.
/// </summary>
/// <param name="slotMax">Handles that may be out at a time.</param>
internal sealed class HandleTable(int slotMax = 1 << 20)
{
    private const int PlaceBits = 24;
    private const uint UsesMax = uint.MaxValue;

    private readonly Lock _lock = new();
    private readonly List<int> _free = [];
    private Slot[] _slots = new Slot[16];
    private int _slotCount;

    /// <summary>Handles that are out.</summary>
    public int Live { get; private set; }

    /// <summary>Gives a number.</summary>
    /// <returns>Not 0; or 0 where too many are out.</returns>
    public ulong Add(HandleKind kind, object held)
    {
        lock (_lock)
        {
            if (!TryTakePlace(out int place))
            {
                return 0;
            }

            ref Slot slot = ref _slots[place];
            slot = new(kind, slot.Uses + 1, held);
            Live++;
            return Number(place, slot.Uses);
        }
    }

    /// <summary>Finds what a number stands for.</summary>
    public bool TryFind<T>(ulong handle, HandleKind kind, [NotNullWhen(true)] out T? held)
        where T : class
    {
        lock (_lock)
        {
            held = IsOut(handle, kind, out int place) ? (T)_slots[place].Held! : null;
            return held is not null;
        }
    }

    /// <summary>Takes a number back: it is never a handle again.</summary>
    public bool TryRemove<T>(ulong handle, HandleKind kind, [NotNullWhen(true)] out T? held)
        where T : class
    {
        lock (_lock)
        {
            held = null;
            if (!IsOut(handle, kind, out int place))
            {
                return false;
            }

            ref Slot slot = ref _slots[place];
            held = (T)slot.Held!;
            slot = new(HandleKind.None, slot.Uses, null);
            Live--;
            if (slot.Uses < UsesMax)
            {
                _free.Add(place);
            }

            return true;
        }
    }

    // A place from 1 up in the low bits, so that no handle is 0.
    private static ulong Number(int place, uint uses) => ((ulong)uses << PlaceBits) | (uint)(place + 1);

    private bool IsOut(ulong handle, HandleKind kind, out int place)
    {
        const ulong PlaceMask = (1UL << PlaceBits) - 1;
        place = (int)(handle & PlaceMask) - 1;
        return place >= 0 && place < _slotCount && _slots[place].Kind == kind
            && handle >> PlaceBits == _slots[place].Uses;
    }

    private bool TryTakePlace(out int place)
    {
        if (_free.Count > 0)
        {
            place = _free[^1];
            _free.RemoveAt(_free.Count - 1);
            return true;
        }

        place = _slotCount;
        if (place == slotMax)
        {
            return false;
        }

        if (place == _slots.Length)
        {
            Array.Resize(ref _slots, Math.Min(2 * place, slotMax));
        }

        _slotCount++;
        return true;
    }

    private readonly record struct Slot(HandleKind Kind, uint Uses, object? Held);
}
