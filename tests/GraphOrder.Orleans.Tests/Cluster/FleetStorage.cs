namespace GraphOrder.Orleans.Tests;

/// <summary>Where silos of a test store grains.</summary>
internal enum FleetStorage
{
    /// <summary>In one SQLite file, as a fleet in one process does.</summary>
    Sqlite,

    /// <summary>In a SQLite file for each silo, for tests in which no grain moves.</summary>
    SqliteEach,

    /// <summary>In memory, through Orleans' own provider.</summary>
    Memory,
}
