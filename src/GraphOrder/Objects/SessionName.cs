using System.Text;

namespace GraphOrder;

/// <summary>
/// The name by which the kernel knows a session: 1 to 63 bytes of UTF-8 without NUL
/// (LIVEUPDATE_SESSION_NAME_LENGTH counts the terminator; uapi/linux/liveupdate.h).
/// </summary>
public readonly record struct SessionName
{
    /// <summary>The longest name in bytes of UTF-8, without its terminator.</summary>
    public const int BytesMax = 63;

    private readonly string? _text;

    /// <summary>Takes a name that the kernel would take.</summary>
    /// <exception cref="ArgumentException">
    /// Empty, longer than <see cref="BytesMax"/> bytes, or with a NUL.
    /// </exception>
    public SessionName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!IsValid(Encoding.UTF8.GetBytes(text)))
        {
            throw new ArgumentException(
                $"A session name has 1 to {BytesMax} bytes and no NUL.", nameof(text));
        }

        _text = text;
    }

    /// <summary>The name as text; empty for <c>default</c>, which names no session.</summary>
    public string Text => _text ?? "";

    /// <summary>Whether the kernel takes these bytes as a name.</summary>
    public static bool IsValid(ReadOnlySpan<byte> utf8) =>
        utf8.Length is >= 1 and <= BytesMax && !utf8.Contains((byte)0);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
