namespace GraphOrder;

/// <summary>
/// The two latest of some moments that belong to different owners: enough to tell the latest that is not
/// one's own.
/// </summary>
internal struct Extremes
{
    private const int None = -1;

    private long _latest;
    private long _second;
    private int _latestOwner;
    private int _secondOwner;
    private int _latestId;
    private int _secondId;

    public Extremes()
    {
        _latest = long.MinValue;
        _second = long.MinValue;
        _latestOwner = None;
        _secondOwner = None;
        _latestId = None;
        _secondId = None;
    }

    /// <summary>Takes in a moment of an owner; the id is handed back with it.</summary>
    public void Add(long moment, int owner, int id)
    {
        if (owner == _latestOwner)
        {
            if (moment > _latest)
            {
                (_latest, _latestId) = (moment, id);
            }
        }
        else if (moment > _latest)
        {
            (_second, _secondOwner, _secondId) = (_latest, _latestOwner, _latestId);
            (_latest, _latestOwner, _latestId) = (moment, owner, id);
        }
        else if (moment > _second)
        {
            (_second, _secondOwner, _secondId) = (moment, owner, id);
        }
    }

    /// <summary>Takes in what another one holds.</summary>
    public void Add(in Extremes other)
    {
        if (other._latestOwner != None)
        {
            Add(other._latest, other._latestOwner, other._latestId);
        }

        if (other._secondOwner != None)
        {
            Add(other._second, other._secondOwner, other._secondId);
        }
    }

    /// <summary>The latest moment of anybody else; false where nobody else has one.</summary>
    public readonly bool TryLatestBut(int owner, out long moment, out int id)
    {
        bool isOwn = _latestOwner == owner;
        moment = isOwn ? _second : _latest;
        id = isOwn ? _secondId : _latestId;
        return id != None;
    }
}
