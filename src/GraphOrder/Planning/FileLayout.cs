namespace GraphOrder;

/// <summary>
/// Files and sessions by dense numbers: files count in document order, and each knows its session and what it
/// carries. Acts are none of them. What few ask for is made for the first who does. It stands for one graph
/// until it reads another one.
/// </summary>
internal sealed class FileLayout
{
    private ObjectId[] _files = [];
    private int[] _sessionOfFile = [];
    private int[] _fileOf = [];
    private int[] _firstCarried = [];
    private int[] _nextCarried = [];
    private int[] _carried = [];
    private ObjectId[] _movable = [];
    private int[] _movableOf = [];
    private int _objectCount;
    private bool _hasMovable;

    public FileLayout()
    {
    }

    public FileLayout(DependencyGraph graph) => Read(graph);

    /// <summary>How many files there are.</summary>
    public int FileCount { get; private set; }

    /// <summary>How many acts there are.</summary>
    public int ActCount { get; private set; }

    /// <summary>How many objects travel in files, over all files.</summary>
    public int CarriedCount { get; private set; }

    /// <summary>How many objects a step of their own or of a file moves.</summary>
    public int MovableCount => FileCount + CarriedCount;

    /// <summary>The object of each file number.</summary>
    public ReadOnlySpan<ObjectId> Files => _files.AsSpan(0, FileCount);

    /// <summary>The session of each file number.</summary>
    public ReadOnlySpan<int> SessionOfFile => _sessionOfFile.AsSpan(0, FileCount);

    /// <summary>The objects that a step of their own or of a file moves, in document order.</summary>
    public ReadOnlySpan<ObjectId> Movable
    {
        get
        {
            FindMovable();
            return _movable.AsSpan(0, MovableCount);
        }
    }

    /// <summary>All carried objects, one file's after another's, each file's in document order.</summary>
    public ReadOnlySpan<int> Carried => _carried.AsSpan(0, CarriedCount);

    /// <summary><see cref="FileOf"/> of each object.</summary>
    public ReadOnlySpan<int> FileOfEach => _fileOf.AsSpan(0, _objectCount);

    /// <summary>
    /// The file number of an object, its own or its carrier's; -1 where the kernel moves it, and for an act.
    /// </summary>
    public int FileOf(int id) => _fileOf[id];

    /// <summary>The session of an object; -1 where the kernel moves it, and for an act.</summary>
    public int SessionOf(int id) => _fileOf[id] < 0 ? -1 : _sessionOfFile[_fileOf[id]];

    /// <summary>The place of an object in <see cref="Movable"/>; -1 where it has none.</summary>
    public int MovableOf(int id)
    {
        FindMovable();
        return _movableOf[id];
    }

    /// <summary>Where a file's carried objects begin in <see cref="Carried"/>.</summary>
    public int FirstCarried(int file) => _firstCarried[file];

    /// <summary>How many objects a file carries.</summary>
    public int CarriedCountOf(int file) => _firstCarried[file + 1] - _firstCarried[file];

    /// <summary>Stands for a graph from now on. O(V).</summary>
    public void Read(DependencyGraph graph)
    {
        ReadOnlySpan<PreservedObject> objects = graph.Set.Objects.AsSpan();
        ObjectCensus census = graph.Set.Census;
        _objectCount = objects.Length;
        _hasMovable = false;
        ActCount = census.ActCount;
        FileCount = census.FileCount;
        CarriedCount = census.CarriedCount;
        Span<ObjectId> files = Scratch.Take(ref _files, FileCount);
        Span<int> sessionOfFile = Scratch.Take(ref _sessionOfFile, FileCount);
        Span<int> fileOf = Scratch.Take(ref _fileOf, objects.Length);
        int file = 0;
        for (int i = 0; i < objects.Length; i++)
        {
            if (objects[i].Session is { } session)
            {
                files[file] = new ObjectId(i);
                sessionOfFile[file] = session.Index;
                fileOf[i] = file++;
            }
            else
            {
                fileOf[i] = -1;
            }
        }

        AddCarried(objects);
    }

    private void AddCarried(ReadOnlySpan<PreservedObject> objects)
    {
        Span<int> first = Scratch.TakeZeros(ref _firstCarried, FileCount + 1);
        Span<int> carried = Scratch.Take(ref _carried, CarriedCount);
        if (carried.IsEmpty)
        {
            return;
        }

        for (int i = 0; i < objects.Length; i++)
        {
            if (objects[i].Carrier is { } carrier)
            {
                _fileOf[i] = _fileOf[carrier.Index];
                first[_fileOf[i] + 1]++;
            }
        }

        for (int file = 0; file < FileCount; file++)
        {
            first[file + 1] += first[file];
        }

        Span<int> next = Scratch.Take(ref _nextCarried, FileCount + 1);
        first.CopyTo(next);
        for (int i = 0; i < objects.Length; i++)
        {
            if (objects[i].Carrier is not null)
            {
                carried[next[_fileOf[i]]++] = i;
            }
        }
    }

    private void FindMovable()
    {
        if (_hasMovable)
        {
            return;
        }

        Span<ObjectId> movable = Scratch.Take(ref _movable, MovableCount);
        Span<int> movableOf = Scratch.Take(ref _movableOf, _objectCount);
        int count = 0;
        for (int i = 0; i < movableOf.Length; i++)
        {
            movableOf[i] = -1;
            if (_fileOf[i] >= 0)
            {
                movableOf[i] = count;
                movable[count++] = new ObjectId(i);
            }
        }

        _hasMovable = true;
    }
}
