using System.Runtime.InteropServices;

namespace GraphOrder;

/// <summary>
/// One step as the plan stores it. Indices count in the plan's own <see cref="PlanNames"/>; in a plan that
/// the planner made these are the set's, in one that was read they are the document's.
/// </summary>
/// <param name="Object">
/// Index of the file, object or act; -1 where a session or everything moves.
/// </param>
/// <param name="Session">Index of the session; -1 where everything moves.</param>
/// <param name="Wave">Its wave.</param>
/// <param name="HasToken">Whether it has a token.</param>
/// <param name="Token">The token.</param>
/// <param name="FirstCarried">Where its carried objects begin in <see cref="PhaseSteps.Carried"/>.</param>
/// <param name="CarriedCount">How many it carries.</param>
/// <param name="IsAct">Whether <paramref name="Object"/> is an act.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PlanRow(
    int Object,
    int Session,
    int Wave,
    bool HasToken,
    ulong Token,
    int FirstCarried,
    int CarriedCount,
    bool IsAct = false);

/// <summary>The names that a plan's rows count in.</summary>
/// <param name="Ids">Ids of objects.</param>
/// <param name="Sessions">Names of sessions.</param>
internal sealed record PlanNames(NameTable Ids, NameTable Sessions);
