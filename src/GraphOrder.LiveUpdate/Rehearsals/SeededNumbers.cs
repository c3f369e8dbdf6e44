namespace GraphOrder.LiveUpdate;

/// <summary>Numbers that follow from a seed, on every machine the same (SplitMix64). Not for
/// secrets.</summary>
internal sealed class SeededNumbers(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from 0 up to but not including the bound.</summary>
    public int Next(int bound) => (int)(Next() % (uint)bound);

    private ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            ulong mixed = _state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
