using System.Runtime.InteropServices;

namespace GraphOrder;

/// <summary>
/// The dependencies as the named orders see them. Those between files, or what files carry, stand in columns:
/// the two file numbers, and a class that says all else an order asks of them. Those with a whole session, an
/// act or an object that the kernel moves at an end are listed. It stands for one graph until it reads
/// another one; the kernels do not matter to it.
/// </summary>
internal sealed class LiftedDependencies
{
    /// <summary>How many classes there are: sets of phases, inside a session and between two.</summary>
    public const int ClassCount = 2 << GraphOrder.Phases.Count;

    private const byte Special = byte.MaxValue;
    private const int InsideBit = 1 << GraphOrder.Phases.Count;

    private readonly int[] _counts = new int[ClassCount];
    private readonly List<int> _special = [];
    private int[] _dependents = [];
    private int[] _ons = [];
    private byte[] _classes = [];
    private int _count;

    /// <summary>Those that are not between files, in order.</summary>
    public ReadOnlySpan<int> Others => CollectionsMarshal.AsSpan(_special);

    /// <summary>The file of the end that needs, for each dependency between files.</summary>
    public ReadOnlySpan<int> Dependents => _dependents.AsSpan(0, _count);

    /// <summary>The file of the end that is needed, for each dependency between files.</summary>
    public ReadOnlySpan<int> Ons => _ons.AsSpan(0, _count);

    /// <summary>
    /// The class of each dependency; <see cref="ClassCount"/> or more for those that have none.
    /// </summary>
    public ReadOnlySpan<byte> Classes => _classes.AsSpan(0, _count);

    /// <summary>The sets of phases in which dependencies bind.</summary>
    public BoundPhases Bound { get; private set; }

    /// <summary>The same of those between objects alone.</summary>
    public BoundPhases BoundBetweenObjects { get; private set; }

    /// <summary>Whether the document names every object that is needed in front of what needs it.</summary>
    public bool IsDocumentOrder { get; private set; }

    /// <summary>How many dependencies a class has.</summary>
    public int CountOf(int found) => _counts[found];

    /// <summary>The phases in which dependencies of a class bind.</summary>
    public static PhaseSet PhasesOf(int found) => PhaseSet.OfBits(found & (InsideBit - 1));

    /// <summary>Whether both ends of dependencies of a class are in one session.</summary>
    public static bool IsInside(int found) => (found & InsideBit) != 0;

    /// <summary>Lifts the dependencies of a graph, in one look at each. O(E).</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="layout">Its files.</param>
    /// <param name="phases">Of each dependency the phases in which it binds.</param>
    /// <param name="areKnown">Whether they stand there; if not they are written, nothing waived.</param>
    public void Read(DependencyGraph graph, FileLayout layout, Span<PhaseSet> phases, bool areKnown)
    {
        ReadOnlySpan<Dependency> dependencies = graph.Dependencies;
        _count = dependencies.Length;
        _special.Clear();
        Array.Clear(_counts);
        Span<int> dependents = Scratch.Take(ref _dependents, _count);
        Span<int> ons = Scratch.Take(ref _ons, _count);
        Span<byte> classes = Scratch.Take(ref _classes, _count);
        ReadOnlySpan<int> sessions = layout.SessionOfFile;
        ReadOnlySpan<int> files = layout.FileOfEach;
        BoundPhases bound = default;
        BoundPhases betweenObjects = default;
        bool isDocumentOrder = true;
        for (int i = 0; i < dependencies.Length; i++)
        {
            ref readonly Dependency dependency = ref dependencies[i];
            PhaseSet binding = areKnown ? phases[i] : dependency.Phases;
            phases[i] = binding;
            bound.Add(binding);
            if (dependency.Dependent.IsSession || dependency.On.IsSession)
            {
                classes[i] = Special;
                _special.Add(i);
                continue;
            }

            int needing = dependency.Dependent.Vertex(0);
            int needed = dependency.On.Vertex(0);
            betweenObjects.Add(binding);
            isDocumentOrder &= needed < needing;
            int dependent = files[needing];
            int on = files[needed];
            if (dependent < 0 || on < 0)
            {
                classes[i] = Special;
                _special.Add(i);
                continue;
            }

            dependents[i] = dependent;
            ons[i] = on;
            int found = binding.Bits | (sessions[dependent] == sessions[on] ? InsideBit : 0);
            classes[i] = (byte)found;
            _counts[found]++;
        }

        Bound = bound;
        BoundBetweenObjects = betweenObjects;
        IsDocumentOrder = isDocumentOrder;
    }
}
