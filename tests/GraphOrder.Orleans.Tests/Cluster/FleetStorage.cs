namespace GraphOrder.Orleans.Tests;

/// <summary>Where silos of a test store grains.</summary>
internal enum FleetStorage
{
    /// <summary>In one SQLite file, as a fleet in one process does.</summary>
    Sqlite,

    /// <summary>In memory, through Orleans' own provider.</summary>
    Memory,
}
