namespace GraphOrder.Benchmarks.Live;

/// <summary>
/// Arcs in the order in which they come, by a seed: <c>g1</c>, random arcs from each layer to the next over
/// ids in random order; <c>g3</c>, a host that declares guest after guest, 40 objects and 100 arcs each, ids
/// nearly in order and one arc in fifty from an earlier guest; <c>g4</c>, a chain in random order.
/// </summary>
internal sealed class ArcStream
{
    private const int ObjectsPerVm = 40;
    private const int ArcsPerVm = 100;
    private const int OneInCrosses = 50;
    private const int OneInSwaps = 10;

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
