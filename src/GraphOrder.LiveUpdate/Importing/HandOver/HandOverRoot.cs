namespace GraphOrder.LiveUpdate;

/// <summary>Where a hand-over begins: at most one of the two addresses. Immutable.</summary>
/// <param name="DeviceTree">Physical address of the KHO device tree; null where it is to be found.</param>
/// <param name="SetupData">
/// Physical address of the kernel's list of setup data (x86), in which the tree is named.
/// </param>
public readonly record struct HandOverRoot(ulong? DeviceTree, ulong? SetupData);
