using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace GraphOrder;

/// <summary>What must hold whatever the input is; always checked, at the borders of stages.</summary>
internal static class Invariant
{
    /// <summary>Ends the run as an internal error where the condition does not hold.</summary>
    public static void Require([DoesNotReturnIf(false)] bool condition, string what)
    {
        if (!condition)
        {
            throw new UnreachableException($"A rule of the program itself is broken: {what}.");
        }
    }
}
