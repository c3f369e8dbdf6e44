namespace GraphOrder;

/// <summary>
/// Files and sessions by dense numbers: files count in document order, and each knows its session and what it
/// carries. Acts are none of them. Immutable; what few ask for is made for the first who does.
/// </summary>
internal sealed class FileLayout
{
    private readonly int[] _fileOf;
    private readonly int[] _firstCarried;
    private readonly int[] _carried;
    private ObjectId[]? _movable;
    private int[]? _movableOf;

    public FileLayout(DependencyGraph graph)
    {
        ReadOnlySpan<PreservedObject> objects = graph.Set.Objects.AsSpan();
        ObjectCensus census = graph.Set.Census;
        ActCount = census.ActCount;
        Files = new ObjectId[census.FileCount];
        SessionOfFile = new int[census.FileCount];
        _fileOf = new int[objects.Length];
        int file = 0;
        for (int i = 0; i < objects.Length; i++)
        {
            if (objects[i].Session is { } session)
            {
                Files[file] = new ObjectId(i);
                SessionOfFile[file] = session.Index;
                _fileOf[i] = file++;
            }
            else
            {
                _fileOf[i] = -1;
            }
        }

        _firstCarried = new int[Files.Length + 1];
        _carried = new int[census.CarriedCount];
        if (_carried.Length > 0)
        {
            AddCarried(objects);
        }
    }

    /// <summary>The object of each file number.</summary>
    public ObjectId[] Files { get; }

    /// <summary>The session of each file number.</summary>
    public int[] SessionOfFile { get; }

    /// <summary>The objects that a step of their own or of a file moves, in document order.</summary>
    public ObjectId[] Movable => _movable ??= MovableObjects();

    /// <summary>How many acts there are.</summary>
    public int ActCount { get; }

    /// <summary>How many objects travel in files, over all files.</summary>
    public int CarriedCount => _carried.Length;

    /// <summary>All carried objects, one file's after another's, each file's in document order.</summary>
    public ReadOnlySpan<int> Carried => _carried;

    /// <summary>
    /// The file number of an object, its own or its carrier's; -1 where the kernel moves it, and for an act.
    /// </summary>
    public int FileOf(int id) => _fileOf[id];

    /// <summary><see cref="FileOf"/> of each object.</summary>
    public ReadOnlySpan<int> FileOfEach => _fileOf;

    /// <summary>The session of an object; -1 where the kernel moves it, and for an act.</summary>
    public int SessionOf(int id) => _fileOf[id] < 0 ? -1 : SessionOfFile[_fileOf[id]];

    /// <summary>The place of an object in <see cref="Movable"/>; -1 where it has none.</summary>
    public int MovableOf(int id) => (_movableOf ??= PlacesAmongMovable())[id];

    /// <summary>Where a file's carried objects begin in <see cref="Carried"/>.</summary>
    public int FirstCarried(int file) => _firstCarried[file];

    /// <summary>How many objects a file carries.</summary>
    public int CarriedCountOf(int file) => _firstCarried[file + 1] - _firstCarried[file];

    /// <summary>File numbers by session, each session's in the order given. O(files + sessions).</summary>
    public SessionFiles BySession(int sessionCount, ReadOnlySpan<int> files) =>
        SessionFiles.Of(sessionCount, SessionOfFile, files);

    private void AddCarried(ReadOnlySpan<PreservedObject> objects)
    {
        for (int i = 0; i < _fileOf.Length; i++)
        {
            if (objects[i].Carrier is { } carrier)
            {
                _fileOf[i] = _fileOf[carrier.Index];
                _firstCarried[_fileOf[i] + 1]++;
            }
        }

        for (int file = 0; file < Files.Length; file++)
        {
            _firstCarried[file + 1] += _firstCarried[file];
        }

        int[] next = [.. _firstCarried];
        for (int i = 0; i < _fileOf.Length; i++)
        {
            if (objects[i].Carrier is not null)
            {
                _carried[next[_fileOf[i]]++] = i;
            }
        }
    }

    private int[] PlacesAmongMovable()
    {
        int[] movableOf = new int[_fileOf.Length];
        int count = 0;
        for (int i = 0; i < movableOf.Length; i++)
        {
            movableOf[i] = _fileOf[i] < 0 ? -1 : count++;
        }

        return movableOf;
    }

    private ObjectId[] MovableObjects()
    {
        ObjectId[] movable = new ObjectId[Files.Length + CarriedCount];
        int count = 0;
        for (int i = 0; i < _fileOf.Length; i++)
        {
            if (_fileOf[i] >= 0)
            {
                movable[count++] = new ObjectId(i);
            }
        }

        return movable;
    }
}
