namespace GraphOrder.Tests.Live;

/// <summary>
/// A set whose only dependencies are HWPT -> IOAS -> file, each HWPT and IOAS in an iommufd of its own.
/// </summary>
internal sealed class GateSet
{
    private GateSet(DependencyGraph graph, int[] sessionOfFile, int[] sessionOfHwpt, int[][] filesOfHwpt)
    {
        Graph = graph;
        SessionOfFile = sessionOfFile;
        SessionOfHwpt = sessionOfHwpt;
        FilesOfHwpt = filesOfHwpt;
    }

    public DependencyGraph Graph { get; }

    public int[] SessionOfFile { get; }

    public int[] SessionOfHwpt { get; }

    public int[][] FilesOfHwpt { get; }

    public static GateSet Next(Random random)
    {
        DependencyGraphBuilder builder = new();
        SessionId[] sessions = new SessionId[random.Next(1, 4)];
        for (int i = 0; i < sessions.Length; i++)
        {
            builder.AddSession($"s{i}", out sessions[i]);
        }

        int[] sessionOfFile =
            [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => random.Next(sessions.Length))];
        ObjectId[] files = new ObjectId[sessionOfFile.Length];
        for (int i = 0; i < files.Length; i++)
        {
            builder.AddFile(sessions[sessionOfFile[i]], $"f{i}", ObjectKind.Memfd, out files[i]);
        }

        int[] sessionOfHwpt =
            [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(sessions.Length))];
        int[][] filesOfHwpt = new int[sessionOfHwpt.Length][];
        bool isMostlyInPlace = random.Next(2) == 0;
        for (int i = 0; i < sessionOfHwpt.Length; i++)
        {
            int own = sessionOfHwpt[i];
            filesOfHwpt[i] =
            [
                .. Enumerable.Range(0, files.Length)
                    .Where(file => random.Next(3) == 0 && (!isMostlyInPlace || sessionOfFile[file] == own)),
            ];
            builder.AddFile(sessions[own], $"i{i}", ObjectKind.Iommufd, out ObjectId iommufd);
            builder.AddObject(iommufd, $"a{i}", ObjectKind.Ioas, out ObjectId ioas);
            builder.AddObject(iommufd, $"h{i}", ObjectKind.Hwpt, out ObjectId hwpt);
            builder.AddDependency(hwpt, ioas);
            foreach (int file in filesOfHwpt[i])
            {
                builder.AddDependency(ioas, files[file]);
            }
        }

        return new GateSet(builder.Build(), sessionOfFile, sessionOfHwpt, filesOfHwpt);
    }

    /// <summary>All files, then all iommufds.</summary>
    public IEnumerable<string> PushesFirst() =>
    [
        .. SessionOfFile.Select((_, i) => $"f{i}"), .. SessionOfHwpt.Select((_, i) => $"i{i}"),
    ];

    /// <summary>A preserve order by chance in which every file stands before the iommufds that need it.
    /// </summary>
    public IEnumerable<string> RandomLegalOrder(Random random)
    {
        List<string> left = [.. PushesFirst()];
        HashSet<string> passed = [];
        while (left.Count > 0)
        {
            string[] free =
            [
                .. left.Where(name => name[0] == 'f'
                    || FilesOfHwpt[int.Parse(name[1..])].All(file => passed.Contains($"f{file}"))),
            ];
            string next = free[random.Next(free.Length)];
            left.Remove(next);
            passed.Add(next);
            yield return next;
        }
    }

    /// <summary>Pushes and admits in this order; whether every HWPT was admitted.</summary>
    public bool Replay(IEnumerable<string> order)
    {
        SessionGate gate = new(Graph.SessionCount, SessionOfFile.Length, SessionOfHwpt.Length);
        bool isAllAdmitted = true;
        foreach (string name in order)
        {
            int number = int.Parse(name[1..]);
            if (name[0] == 'f')
            {
                gate.Push(SessionOfFile[number], number);
            }
            else
            {
                isAllAdmitted &= gate.TryAdmit(
                    SessionOfHwpt[number], number, FilesOfHwpt[number], [], out _) == GateAnswer.Done;
            }
        }

        return isAllAdmitted;
    }
}
