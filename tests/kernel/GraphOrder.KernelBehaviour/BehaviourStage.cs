namespace GraphOrder.KernelBehaviour;

/// <summary>What a row does in one kernel.</summary>
/// <param name="Kernel">1, 2 or 3.</param>
/// <param name="Run">Calls, and what to tell of their results. It keeps nothing but sessions.</param>
/// <param name="Expected">What Linux 7.3.4 answers.</param>
public sealed record BehaviourStage(int Kernel, Action<Script> Run, string Expected);
