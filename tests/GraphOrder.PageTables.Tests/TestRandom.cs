namespace GraphOrder.PageTables.Tests;

/// <summary>SplitMix64: the same numbers everywhere, so that a seed in a failure can be run again.</summary>
internal sealed class TestRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            ulong mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }

    public int Next(int bound) => (int)(Next() % (uint)bound);
}
