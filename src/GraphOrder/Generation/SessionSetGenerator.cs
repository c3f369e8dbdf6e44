using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>A shape that a set can be generated in. Immutable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">One line of help.</param>
/// <param name="Options">The options that it takes beside the seed, as the command line writes them.</param>
public sealed record SetShape(string Name, string Description, ImmutableArray<string> Options);

/// <summary>
/// Makes session sets of named shapes and any size: real hosts, and graphs that are hard on a planner.
/// </summary>
public static class SessionSetGenerator
{
    private static readonly Dictionary<string, Func<GeneratorOptions, SessionSet>> Makers = new(
        StringComparer.Ordinal)
    {
        ["vm-host"] = VmHostShape.Make,
        ["gpu-vm"] = GpuVmShape.Make,
        ["microvm"] = MicroVmShape.Make,
        ["services"] = ServicesShape.Make,
        ["chain"] = GraphShapes.Chain,
        ["layered"] = GraphShapes.Layered,
        ["star"] = GraphShapes.Star,
        ["cycle"] = GraphShapes.Cycle,
    };

    /// <summary>All shapes, in the order of help.</summary>
    public static ImmutableArray<SetShape> Shapes { get; } =
    [
        new("vm-host", "64 large VMs with passed-through devices", ["--sessions"]),
        new("gpu-vm", "one huge VM with GPUs that map one another's memory", ["--unmap-p2p"]),
        new("microvm", "4,000 small VMs, with or without shared backends", ["--sessions", "--backends"]),
        new("services", "a service manager, 300 checkpoints and an in-memory store", ["--sessions"]),
        new("chain", "each object needs the next", ["--objects"]),
        new("layered", "random dependencies from each layer to the one below it",
            ["--objects", "--layers", "--dependencies"]),
        new("star", "all objects need one", ["--objects"]),
        new("cycle", "each object needs the next, and the last the first", ["--objects", "--sessions"]),
    ];

    /// <summary>Makes a set.</summary>
    /// <param name="shape">A name of <see cref="Shapes"/>.</param>
    /// <param name="options">Sizes and choices.</param>
    /// <exception cref="ArgumentException">
    /// No such shape, an option that the shape has no use for, or a size out of range; the message says
    /// which.
    /// </exception>
    public static SessionSet Generate(string shape, GeneratorOptions options)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(options);
        SetShape? known = Shapes.FirstOrDefault(candidate => candidate.Name == shape);
        if (known is null)
        {
            throw new ArgumentException($"There is no shape '{shape}'.");
        }

        Check(known, "--sessions", options.Sessions, 1, 1_000_000);
        Check(known, "--objects", options.Objects, 2, 100_000_000);
        Check(known, "--dependencies", options.Dependencies, 0, 100_000_000);
        Check(known, "--layers", options.Layers, 1, 1_000_000);
        Check(known, "--backends", options.Backends, 1, 10_000);
        if (options.UnmapPeerToPeer)
        {
            DemandUse(known, "--unmap-p2p");
        }

        return Makers[shape](options);
    }

    private static void Check(SetShape shape, string option, int? value, int min, int max)
    {
        if (value is not { } number)
        {
            return;
        }

        DemandUse(shape, option);
        if (number < min || number > max)
        {
            throw new ArgumentException($"{option} must lie between {min} and {max}; it is {number}.");
        }
    }

    private static void DemandUse(SetShape shape, string option)
    {
        if (!shape.Options.Contains(option))
        {
            string taken = string.Join(", ", shape.Options);
            throw new ArgumentException(
                $"The shape '{shape.Name}' has no use for {option}. It takes {taken}.");
        }
    }
}
