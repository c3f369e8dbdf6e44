namespace GraphOrder.LiveUpdate;

/// <summary>
/// The generator of Steele, Lea and Flood (OOPSLA 2014): a seed gives the same sequence on every machine.
/// </summary>
internal sealed class TortureChoices(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from 0 up to but not including the bound.</summary>
    public int Next(int bound)
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            ulong mixed = _state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return (int)((mixed ^ (mixed >> 31)) % (uint)bound);
        }
    }

    /// <summary>True so often in a hundred.</summary>
    public bool Percent(int often) => Next(100) < often;

    /// <summary>One of some.</summary>
    public T Of<T>(params ReadOnlySpan<T> some) => some[Next(some.Length)];
}
