namespace GraphOrder;

/// <summary>Graphs that are no hosts: long, wide, random and cyclic ones, all of memfds.</summary>
internal static class GraphShapes
{
    private const int ObjectsDefault = 1_000;
    private const int LayersDefault = 10;
    private const int DependenciesPerObject = 5;

    /// <summary>Each object needs the next; the longest path that a number of objects can have.</summary>
    public static SessionSet Chain(GeneratorOptions options)
    {
        DependencyGraphBuilder builder = new();
        ObjectId[] objects = AddObjects(builder, options.Objects ?? ObjectsDefault, 1);
        for (int i = 0; i + 1 < objects.Length; i++)
        {
            builder.AddDependency(objects[i], on: objects[i + 1]);
        }

        return builder.BuildSet();
    }

    /// <summary>All objects need the first.</summary>
    public static SessionSet Star(GeneratorOptions options)
    {
        DependencyGraphBuilder builder = new();
        ObjectId[] objects = AddObjects(builder, options.Objects ?? ObjectsDefault, 1);
        for (int i = 1; i < objects.Length; i++)
        {
            builder.AddDependency(objects[i], on: objects[0]);
        }

        return builder.BuildSet();
    }

    /// <summary>Each object needs the next and the last the first; over the sessions in turn.</summary>
    public static SessionSet Cycle(GeneratorOptions options)
    {
        DependencyGraphBuilder builder = new();
        ObjectId[] objects = AddObjects(builder, options.Objects ?? 3, options.Sessions ?? 1);
        for (int i = 0; i < objects.Length; i++)
        {
            builder.AddDependency(objects[i], on: objects[(i + 1) % objects.Length]);
        }

        return builder.BuildSet();
    }

    /// <summary>Random dependencies from each layer to the one below, over ids in random order.</summary>
    public static SessionSet Layered(GeneratorOptions options)
    {
        int objectCount = options.Objects ?? ObjectsDefault;
        int layerCount = Math.Min(options.Layers ?? LayersDefault, objectCount);
        int dependencyCount = options.Dependencies
            ?? (int)Math.Min(int.MaxValue, (long)DependenciesPerObject * objectCount);
        SplitMix64 random = new(options.Seed);
        DependencyGraphBuilder builder = new();
        ObjectId[] objects = AddObjects(builder, objectCount, 1);
        int[] shuffled = new int[objectCount];
        for (int i = 0; i < objectCount; i++)
        {
            shuffled[i] = i;
        }

        random.Shuffle(shuffled);
        int perLayer = objectCount / layerCount;
        int lowest = layerCount > 1 ? perLayer : objectCount;
        for (int i = 0; i < dependencyCount && lowest < objectCount; i++)
        {
            int dependent = lowest + random.Next(objectCount - lowest);
            int layer = Math.Min(dependent / perLayer, layerCount - 1);
            int on = (layer - 1) * perLayer + random.Next(perLayer);
            builder.AddDependency(objects[shuffled[dependent]], on: objects[shuffled[on]]);
        }

        return builder.BuildSet();
    }

    private static ObjectId[] AddObjects(DependencyGraphBuilder builder, int count, int sessionCount)
    {
        SessionId[] sessions = new SessionId[sessionCount];
        for (int i = 0; i < sessionCount; i++)
        {
            builder.AddSession($"session-{i + 1}", out sessions[i]);
        }

        ObjectId[] objects = new ObjectId[count];
        for (int i = 0; i < count; i++)
        {
            builder.AddFile(
                sessions[i % sessionCount],
                $"object-{i}",
                ObjectKind.Memfd,
                out objects[i],
                (ulong)(i / sessionCount) + 1);
        }

        return objects;
    }
}
