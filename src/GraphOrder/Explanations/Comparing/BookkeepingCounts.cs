using static GraphOrder.BookkeepingKind;

namespace GraphOrder;

/// <summary>How much of each kind of bookkeeping a set needs.</summary>
internal sealed class BookkeepingCounts
{
    private const int NumberBytes = 4;

    private readonly int[] _filesOfSession;
    private readonly int _files;
    private readonly int _hwpts;
    private readonly int _movable;
    private readonly int _dependencies;

    public BookkeepingCounts(DependencyGraph graph)
    {
        _filesOfSession = new int[graph.SessionCount];
        foreach (PreservedObject found in graph.Set.Objects)
        {
            _hwpts += found.Kind == ObjectKind.Hwpt || found.Kind == ObjectKind.HwptNested ? 1 : 0;
            _movable += found.IsMovedByKernel ? 0 : 1;
            if (found.Session is { } session)
            {
                _filesOfSession[session.Index]++;
                _files++;
            }
        }

        foreach (Dependency dependency in graph.Dependencies)
        {
            _dependencies += dependency.Phases.Contains(Phase.Finish) ? 1 : 0;
        }
    }

    /// <summary>What a model remembers whose finish moves such units.</summary>
    /// <param name="unit">What is finished at once.</param>
    /// <param name="isGate">Whether the push gate watches as well.</param>
    public Bookkeeping Of(StepUnit unit, bool isGate)
    {
        BookkeepingPart places = new(SessionPlaces, _filesOfSession.Length, NumberBytes);
        BookkeepingPart counters = new(SessionCounters, _filesOfSession.Length, NumberBytes);
        return new Bookkeeping(unit switch
        {
            StepUnit.Object =>
            [
                new(Dependencies, _dependencies, 2 * NumberBytes),
                new(ObjectCounters, _movable, NumberBytes),
            ],
            StepUnit.Session when isGate =>
            [
                places,
                counters,
                new(PushedFiles, _files, NumberBytes),
                new(AdmittedHwpts, _hwpts, NumberBytes),
            ],
            StepUnit.Session => [places, counters],
            StepUnit.Everything => [new(GlobalCounter, 1, NumberBytes)],
            _ => [places],
        });
    }

    /// <summary>The kernel's own lists in whole pages: one of sessions, one of files for each.</summary>
    public long ListBytes(KernelLimits limits)
    {
        long pages = KernelMemoryCost.Pieces(_filesOfSession.Length, limits.SessionsPerBlock);
        foreach (int files in _filesOfSession)
        {
            pages += KernelMemoryCost.Pieces(files, limits.FilesPerBlock);
        }

        return pages * KernelProfile.PageBytes;
    }
}
