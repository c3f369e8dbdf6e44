namespace GraphOrder.LiveUpdate;

/// <summary>A dependency that did not hold at a moment of a rehearsal.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Dependent">What needs.</param>
/// <param name="On">What is needed.</param>
/// <param name="Dependency">
/// Its place in the graph's list; -1 where the set does not declare it and the world has it all the same (an
/// area of an IOAS or an entry of a page table maps that memory).
/// </param>
/// <param name="Step">The step in which it broke.</param>
public readonly record struct BrokenDependency(
    Phase Phase, DependencyEnd Dependent, DependencyEnd On, int Dependency, int Step);
