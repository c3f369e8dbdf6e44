using System.Globalization;

namespace GraphOrder.LiveUpdate;

/// <summary>What a call answered, without anything in which two good kernels may differ.</summary>
/// <param name="Error">The error.</param>
/// <param name="Value">The value; 0 for a descriptor.</param>
/// <param name="Seen">What else it told: a name, a digest of bytes, a status.</param>
internal readonly record struct TortureAnswer(Errno Error, long Value, string Seen)
{
    /// <inheritdoc/>
    public override string ToString() => Error != Errno.None
        ? Error.Name()
        : string.Create(CultureInfo.InvariantCulture, $"{Value}{(Seen.Length == 0 ? "" : ", ")}{Seen}");
}
