using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>Names in fixed room, ended by NUL.</summary>
internal static class HandOverText
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads a name.</summary>
    /// <param name="room">All its room.</param>
    /// <param name="what">Of what it is the name.</param>
    /// <param name="physical">Where that lies.</param>
    /// <exception cref="ImportException">It is empty, not ended, or not UTF-8.</exception>
    public static string Read(ReadOnlySpan<byte> room, string what, ulong physical)
    {
        int length = room.IndexOf((byte)0);
        if (length <= 0)
        {
            throw ImportException.Contradicts(
                what, physical, length == 0 ? "its name is empty" : "its name has no end");
        }

        // The kernel copies names into cleared room.
        if (room[length..].IndexOfAnyExcept((byte)0) >= 0)
        {
            throw ImportException.Contradicts(what, physical, "something stands behind the end of its name");
        }

        try
        {
            return Strict.GetString(room[..length]);
        }
        catch (DecoderFallbackException)
        {
            throw ImportException.Contradicts(what, physical,
                "its name is not UTF-8, which a set cannot hold");
        }
    }

    /// <summary>Demands a compatible string.</summary>
    /// <exception cref="ImportException">It is another one.</exception>
    public static void DemandCompatible(
        ReadOnlySpan<byte> room, ReadOnlySpan<byte> known, string what, ulong physical)
    {
        bool isKnown = room.StartsWith(known) && room[known.Length..].IndexOfAnyExcept((byte)0) < 0
            && room.Length > known.Length;
        if (!isKnown)
        {
            int length = room.IndexOf((byte)0);
            throw ImportException.Part(
                DiagnosticCode.HandOverVersionUnknown,
                what,
                physical,
                new("found", Shown(length < 0 ? room : room[..length])),
                new("known", Encoding.ASCII.GetString(known)));
        }
    }

    private static string Shown(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new();
        foreach (byte found in bytes)
        {
            text.Append(found is >= 0x20 and < 0x7F ? (char)found : '?');
        }

        return text.ToString();
    }
}
