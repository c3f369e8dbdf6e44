using System.Runtime.InteropServices;

namespace GraphOrder.Benchmarks.Graphs;

/// <summary>
/// Arcs in the order in which they come, by a seed: <c>g1</c>, random arcs from each of 10 layers to the next
/// over a million ids in random order, <c>g2</c> over ten million; <c>g3</c>, a host that declares guest
/// after guest, 40 objects and 100 arcs each, ids nearly in order and one arc in fifty from an earlier guest;
/// <c>g4</c>, a chain in random order; <c>g5</c>, arcs from one half of a million ids to the other.
/// Immutable.
/// </summary>
internal sealed class ArcStream
{
    private const int ObjectsPerVm = 40;
    private const int ArcsPerVm = 100;
    private const int OneInCrosses = 50;
    private const int OneInSwaps = 10;
    private const int Million = 1_000_000;

    /// <summary>The graphs that have a name.</summary>
    public static readonly string[] Names = ["g1", "g2", "g3", "g4", "g5"];

    private ArcStream(string name, int vertexCount, int[] firsts, int[] thens)
    {
        Name = name;
        VertexCount = vertexCount;
        Firsts = firsts;
        Thens = thens;
    }

    public string Name { get; }

    public int VertexCount { get; }

    public int[] Firsts { get; }

    public int[] Thens { get; }

    /// <summary>The graph of a name.</summary>
    public static ArcStream Of(string name) => name switch
    {
        "g1" => Layered(Million, 10),
        "g2" => Layered(10 * Million, 10),
        "g3" => Host(10_000),
        "g4" => Chain(Million),
        "g5" => Layered(Million, 2),
        _ => throw new ArgumentException($"There is no graph '{name}'. Known: {string.Join(", ", Names)}."),
    };

    /// <summary>
    /// Writes vertex count, arc count, all firsts and all thens, each as an int of this machine.
    /// </summary>
    public void Write(string path)
    {
        using FileStream file = File.Create(path);
        file.Write(MemoryMarshal.AsBytes([VertexCount, Firsts.Length]));
        file.Write(MemoryMarshal.AsBytes(Firsts.AsSpan()));
        file.Write(MemoryMarshal.AsBytes(Thens.AsSpan()));
    }

    /// <summary>Reads what <see cref="Write"/> has written.</summary>
    public static ArcStream Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        int[] counts = new int[2];
        file.ReadExactly(MemoryMarshal.AsBytes(counts.AsSpan()));
        ArcStream read = new(Path.GetFileName(path), counts[0], new int[counts[1]], new int[counts[1]]);
        file.ReadExactly(MemoryMarshal.AsBytes(read.Firsts.AsSpan()));
        file.ReadExactly(MemoryMarshal.AsBytes(read.Thens.AsSpan()));
        return read;
    }

    /// <summary>How many vertices a sequence has, each counted once, and how many arcs it keeps.</summary>
    public (int Vertices, int Arcs) Kept(ReadOnlySpan<int> sequence)
    {
        int[] places = new int[VertexCount];
        int vertices = 0;
        for (int i = 0; i < sequence.Length; i++)
        {
            vertices += places[sequence[i]] == 0 ? 1 : 0;
            places[sequence[i]] = i + 1;
        }

        int arcs = 0;
        for (int arc = 0; arc < Firsts.Length; arc++)
        {
            int first = places[Firsts[arc]];
            arcs += first > 0 && first < places[Thens[arc]] ? 1 : 0;
        }

        return (vertices, arcs);
    }

    /// <summary>Five arcs an object, from each layer to the next.</summary>
    public static ArcStream Layered(int vertexCount, int layerCount)
    {
        const int arcsPerVertex = 5;
        Random random = new(1);
        int[] ids = Shuffled(vertexCount, random);
        int[] firsts = new int[arcsPerVertex * vertexCount];
        int[] thens = new int[firsts.Length];
        int width = vertexCount / layerCount;
        for (int arc = 0; arc < firsts.Length; arc++)
        {
            int layer = random.Next(layerCount - 1);
            firsts[arc] = ids[layer * width + random.Next(width)];
            thens[arc] = ids[(layer + 1) * width + random.Next(width)];
        }

        return new ArcStream($"g1, {layerCount} layers", vertexCount, firsts, thens);
    }

    /// <summary>Guest after guest.</summary>
    public static ArcStream Host(int vmCount)
    {
        Random random = new(3);
        int[] places = new int[vmCount * ObjectsPerVm];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = i;
            bool isSwapped = i % ObjectsPerVm > 0 && random.Next(OneInSwaps) == 0;
            (places[i], places[Math.Max(0, i - 1)]) = isSwapped
                ? (places[i - 1], places[i])
                : (places[i], places[Math.Max(0, i - 1)]);
        }

        int[] firsts = new int[vmCount * ArcsPerVm];
        int[] thens = new int[firsts.Length];
        for (int arc = 0; arc < firsts.Length; arc++)
        {
            int vm = arc / ArcsPerVm;
            int first = random.Next(ObjectsPerVm - 1);
            int then = random.Next(first + 1, ObjectsPerVm);
            bool isCross = vm > 0 && random.Next(OneInCrosses) == 0;
            int other = isCross ? random.Next(vm) : vm;
            firsts[arc] = places[other * ObjectsPerVm + first];
            thens[arc] = places[vm * ObjectsPerVm + then];
        }

        return new ArcStream("g3", places.Length, firsts, thens);
    }

    /// <summary>One path through all, its arcs in random order.</summary>
    public static ArcStream Chain(int vertexCount)
    {
        Random random = new(4);
        int[] ids = Shuffled(vertexCount, random);
        int[] arcs = Shuffled(vertexCount - 1, random);
        return new ArcStream(
            "g4",
            vertexCount,
            Array.ConvertAll(arcs, arc => ids[arc]),
            Array.ConvertAll(arcs, arc => ids[arc + 1]));
    }

    private static int[] Shuffled(int count, Random random)
    {
        int[] items = [.. Enumerable.Range(0, count)];
        random.Shuffle(items);
        return items;
    }
}
