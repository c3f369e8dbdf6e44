using System.Numerics;

namespace GraphOrder;

/// <summary>
/// Some objects in their places: files in sessions, objects in files. Files stand first, by session; then
/// what they carry, by file. Immutable.
/// </summary>
internal sealed class TinyHost
{
    private const int SessionsMax = 3;
    private const string Names = "abcd";

    private readonly int[] _sessionOfFile;
    private readonly int[] _carrierOfObject;
    private readonly int[][] _symmetries;

    private TinyHost(int[] sessionOfFile, int[] carrierOfObject)
    {
        _sessionOfFile = sessionOfFile;
        _carrierOfObject = carrierOfObject;
        ObjectCount = sessionOfFile.Length + carrierOfObject.Length;
        SessionCount = sessionOfFile[^1] + 1;
        Pairs = [.. PairsOf(ObjectCount)];
        _symmetries = [.. Permutations(ObjectCount).Where(IsSymmetry).Select(OfPairs)];
    }

    /// <summary>How many objects there are, files among them.</summary>
    public int ObjectCount { get; }

    /// <summary>How many sessions there are; each has a file.</summary>
    public int SessionCount { get; }

    /// <summary>Every dependency that there can be; a graph is one bit for each.</summary>
    public (int Dependent, int On)[] Pairs { get; }

    /// <summary>Every way to place some objects in at most three sessions, fewer sessions first.</summary>
    public static IEnumerable<TinyHost> All(int objectCount)
    {
        List<TinyHost> hosts = [];
        for (int files = 1; files <= objectCount; files++)
        {
            foreach (int[] sessions in Sequences(files, SessionsMax, stepMax: 1))
            {
                hosts.AddRange(Sequences(objectCount - files, files, stepMax: files)
                    .Select(carriers => new TinyHost(sessions, carriers)));
            }
        }

        return hosts.OrderBy(static host => host.SessionCount);
    }

    /// <summary>The graphs of so many dependencies, each once up to what names and order change.</summary>
    public IEnumerable<int> Graphs(int dependencyCount)
    {
        for (int graph = 0; graph < 1 << Pairs.Length; graph++)
        {
            if (BitOperations.PopCount((uint)graph) == dependencyCount && IsFirst(graph))
            {
                yield return graph;
            }
        }
    }

    /// <summary>Whether an object is preserved by itself.</summary>
    public bool IsFile(int index) => index < _sessionOfFile.Length;

    /// <summary>The set of a graph whose dependencies all bind in the same phases.</summary>
    /// <param name="graph">One bit for each of <see cref="Pairs"/>.</param>
    /// <param name="phases">The phases.</param>
    /// <param name="kinds">The kind of each object, which is also its name; null for plain files.</param>
    public SessionSet ToSet(int graph, PhaseSet phases, ObjectKind[]? kinds = null)
    {
        DependencyGraphBuilder builder = new();
        SessionId[] sessions = new SessionId[SessionCount];
        for (int i = 0; i < SessionCount; i++)
        {
            builder.AddSession($"s{i + 1}", out sessions[i]);
        }

        ObjectId[] ids = new ObjectId[ObjectCount];
        for (int i = 0; i < ObjectCount; i++)
        {
            string name = kinds is null || kinds[i] == ObjectKind.File ? Names[i..(i + 1)] : kinds[i].Name;
            ObjectKind kind = kinds?[i] ?? ObjectKind.File;
            _ = IsFile(i)
                ? builder.AddFile(sessions[_sessionOfFile[i]], name, kind, out ids[i])
                : builder.AddObject(ids[_carrierOfObject[i - _sessionOfFile.Length]], name, kind, out ids[i]);
        }

        for (int i = 0; i < Pairs.Length; i++)
        {
            if ((graph & (1 << i)) != 0)
            {
                builder.AddDependency(ids[Pairs[i].Dependent], on: ids[Pairs[i].On], phases);
            }
        }

        return builder.BuildSet();
    }

    private static IEnumerable<(int Dependent, int On)> PairsOf(int objectCount) =>
        from dependent in Enumerable.Range(0, objectCount)
        from needed in Enumerable.Range(0, objectCount)
        where dependent != needed
        select (dependent, needed);

    // Sequences of numbers below a limit that begin at 0 where they step by 1, and never fall.
    private static List<int[]> Sequences(int length, int limit, int stepMax)
    {
        List<int[]> sequences = [[]];
        for (int i = 0; i < length; i++)
        {
            sequences =
            [
                .. from sequence in sequences
                   let last = sequence.Length > 0 ? sequence[^1] : stepMax == 1 ? -1 : 0
                   let first = sequence.Length == 0 && stepMax == 1 ? 0 : last
                   from next in Enumerable.Range(first, Math.Min(last + stepMax, limit - 1) - first + 1)
                   select (int[])[.. sequence, next],
            ];
        }

        return sequences;
    }

    private static List<int[]> Permutations(int length)
    {
        List<int[]> permutations = [[]];
        for (int i = 0; i < length; i++)
        {
            permutations =
            [
                .. from permutation in permutations
                   from next in Enumerable.Range(0, length)
                   where !permutation.Contains(next)
                   select (int[])[.. permutation, next],
            ];
        }

        return permutations;
    }

    // Files to files, what is in one session or one file to what is in one session or one file.
    private bool IsSymmetry(int[] permutation)
    {
        foreach ((int one, int other) in Pairs)
        {
            bool isKept = IsFile(one) == IsFile(permutation[one])
                && AreTogether(one, other) == AreTogether(permutation[one], permutation[other])
                && IsCarriedBy(one, other) == IsCarriedBy(permutation[one], permutation[other]);
            if (!isKept)
            {
                return false;
            }
        }

        return true;
    }

    private bool AreTogether(int one, int other) => SessionOf(one) == SessionOf(other);

    private bool IsCarriedBy(int one, int other) =>
        !IsFile(one) && _carrierOfObject[one - _sessionOfFile.Length] == other;

    private int SessionOf(int index) => _sessionOfFile[
        IsFile(index) ? index : _carrierOfObject[index - _sessionOfFile.Length]];

    private int[] OfPairs(int[] permutation) => Array.ConvertAll(
        Pairs, pair => Array.IndexOf(Pairs, (permutation[pair.Dependent], permutation[pair.On])));

    private bool IsFirst(int graph)
    {
        foreach (int[] symmetry in _symmetries)
        {
            int image = 0;
            for (int i = 0; i < symmetry.Length; i++)
            {
                image |= (graph >> i & 1) << symmetry[i];
            }

            if (image < graph)
            {
                return false;
            }
        }

        return true;
    }
}
