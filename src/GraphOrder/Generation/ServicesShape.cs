namespace GraphOrder;

/// <summary>
/// Services and checkpoints: a service manager's session with a mapping memfd (token 0) that describes 200
/// memfds of its services; checkpoints of process trees, a session of 40 image memfds each, of which the
/// memory images need the inventory and the process tree; and an in-memory store of eight 512 GiB shards
/// with an index that describes them. Every checkpoint's session needs the manager's in retrieve and
/// finish. 300 checkpoints, the default, make 302 sessions, 12,210 objects and 2,216 dependencies.
/// </summary>
internal static class ServicesShape
{
    private const int CheckpointsDefault = 300;
    private const int ServiceFileCount = 200;
    private const int ImageCount = 40;
    private const int OrderedImageCount = 5;
    private const int ShardCount = 8;
    private const long ShardBytes = 512L << 30;

    public static SessionSet Make(GeneratorOptions options)
    {
        DependencyGraphBuilder builder = new();
        builder
            .AddSession("systemd", out SessionId manager)
            .AddFile(manager, "systemd/mapping", ObjectKind.Memfd, out ObjectId mapping, 0);
        for (int i = 0; i < ServiceFileCount; i++)
        {
            builder
                .AddFile(manager, $"systemd/fd-{i + 1}", ObjectKind.Memfd, out ObjectId stored, (ulong)i + 1)
                .AddDescription(mapping, stored);
        }

        DependencyOrigin registered = new(
            DependencySource.Declared, default, "systemd", "its registry names the session");
        for (int i = 0; i < (options.Sessions ?? CheckpointsDefault); i++)
        {
            string dump = $"criu-dump-{i + 1}";
            builder
                .AddSession(dump, out SessionId checkpoint)
                .AddDependency(
                    checkpoint, on: manager, PhaseSet.Of(Phase.Retrieve, Phase.Finish), registered);
            AddImages(builder, dump, checkpoint);
        }

        builder
            .AddSession("store", out SessionId store)
            .AddFile(store, "store/index", ObjectKind.Memfd, out ObjectId index, 0);
        ObjectFacts shardFacts = new() { Bytes = ShardBytes };
        for (int i = 0; i < ShardCount; i++)
        {
            builder
                .AddFile(
                    store, $"store/shard-{i}", ObjectKind.Memfd, out ObjectId shard, (ulong)i + 1, shardFacts)
                .AddDescription(index, shard);
        }

        return builder.BuildSet();
    }

    // Image 1 is the inventory, which the tree and the first memory images need.
    private static void AddImages(DependencyGraphBuilder builder, string dump, SessionId checkpoint)
    {
        ObjectId inventory = default;
        for (int i = 0; i < ImageCount; i++)
        {
            builder.AddFile(
                checkpoint, $"{dump}/image-{i + 1}", ObjectKind.Memfd, out ObjectId image, (ulong)i + 1);
            inventory = i == 0 ? image : inventory;
            if (i is > 0 and <= OrderedImageCount)
            {
                builder.AddNeed(image, inventory);
            }
        }
    }
}
