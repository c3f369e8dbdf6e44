using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// A file that cannot be retrieved any more, or preserved in the old kernel, and why. Immutable.
/// </summary>
/// <param name="File">The file.</param>
/// <param name="By">What it needs and cannot have.</param>
/// <param name="Behind">
/// The files of its session that are preserved already though the plan has them after it, or that must go
/// before it and cannot: the kernel's lists only grow at the end.
/// </param>
public sealed record BlockedFile(
    ObjectId File, ImmutableArray<UnmetDependency> By, ImmutableArray<ObjectId> Behind);
