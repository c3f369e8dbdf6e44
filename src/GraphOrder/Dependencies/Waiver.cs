using System.Diagnostics.CodeAnalysis;

namespace GraphOrder;

/// <summary>
/// A soft dependency that somebody waives by name, in one phase or in all of its own. Immutable.
/// </summary>
/// <param name="Dependent">The end that needs: an id or <c>session:NAME</c>.</param>
/// <param name="On">The end that is needed.</param>
/// <param name="Phase">The phase; null for all in which it binds.</param>
public sealed record Waiver(string Dependent, string On, Phase? Phase)
{
    /// <summary>Reads <c>DEPENDENT=&gt;ON</c> or <c>DEPENDENT=&gt;ON@PHASE</c>.</summary>
    /// <remarks>What follows the last <c>@</c> counts as a phase only where it is the name of one.</remarks>
    public static bool TryParse(string text, [NotNullWhen(true)] out Waiver? waiver)
    {
        ArgumentNullException.ThrowIfNull(text);
        int arrow = text.IndexOf("=>", StringComparison.Ordinal);
        if (arrow <= 0 || arrow + 2 == text.Length)
        {
            waiver = null;
            return false;
        }

        string on = text[(arrow + 2)..];
        int at = on.LastIndexOf('@');
        waiver = at > 0 && Phases.TryParse(on.AsSpan(at + 1), out Phase phase)
            ? new Waiver(text[..arrow], on[..at], phase)
            : new Waiver(text[..arrow], on, null);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Dependent}=>{On}" + (Phase is { } phase ? "@" + phase.Name() : "");
}
