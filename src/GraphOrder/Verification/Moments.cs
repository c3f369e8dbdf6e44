namespace GraphOrder;

/// <summary>
/// What something needs, as moments: files by their steps, sessions by their places, where acts stand
/// between sessions both by their steps, and what steps order also by waves.
/// </summary>
internal struct Moments
{
    private Extremes _files = new();
    private Extremes _sessions = new();
    private Extremes _blocks = new();
    private Extremes _waves = new();

    public Moments()
    {
    }

    public readonly Extremes Files => _files;

    public readonly Extremes Sessions => _sessions;

    public readonly Extremes Blocks => _blocks;

    public readonly Extremes Waves => _waves;

    public void AddFile(long moment, int step, int id) => _files.Add(moment, step, id);

    public void AddSession(long moment, int session, int id) => _sessions.Add(moment, session, id);

    public void AddBlock(long moment, int owner, int id) => _blocks.Add(moment, owner, id);

    public void AddWave(long moment, int owner, int id) => _waves.Add(moment, owner, id);

    public void AddWaves(in Extremes waves) => _waves.Add(waves);

    public void Add(in Moments other)
    {
        _files.Add(other._files);
        _sessions.Add(other._sessions);
        _blocks.Add(other._blocks);
        _waves.Add(other._waves);
    }
}
