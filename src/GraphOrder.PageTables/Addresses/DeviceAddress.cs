using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GraphOrder.PageTables;

/// <summary>
/// Where a PCI function sits: segment, bus, device and function, as <c>0000:00:04.0</c>. Immutable.
/// </summary>
/// <param name="Segment">PCI segment.</param>
/// <param name="Bus">Bus.</param>
/// <param name="Function">Device (bits 7:3) and function (bits 2:0).</param>
public readonly record struct DeviceAddress(ushort Segment, byte Bus, byte Function)
{
    /// <summary>The 16 bits by which a device table is indexed: bus, device, function.</summary>
    public int RequesterId => (Bus << 8) | Function;

    /// <summary>Reads <c>ssss:bb:dd.f</c> or <c>bb:dd.f</c>, hexadecimal.</summary>
    /// <param name="text">The text.</param>
    /// <param name="device">The device.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out DeviceAddress device)
    {
        device = default;
        string[] parts = (text ?? "").Split(':');
        string[] last = parts[^1].Split('.');
        if (parts.Length is not (2 or 3) || last.Length != 2)
        {
            return false;
        }

        string segmentText = parts.Length == 3 ? parts[0] : "0";
        if (!TryHex(segmentText, 4, out uint segment) || !TryHex(parts[^2], 2, out uint bus)
            || !TryHex(last[0], 2, out uint slot) || !TryHex(last[1], 1, out uint function)
            || slot > 31 || function > 7)
        {
            return false;
        }

        device = new((ushort)segment, (byte)bus, (byte)((slot << 3) | function));
        return true;
    }

    /// <summary>As <c>0000:00:04.0</c>.</summary>
    public override string ToString() => $"{Segment:x4}:{Bus:x2}:{Function >> 3:x2}.{Function & 7}";

    private static bool TryHex(string text, int digitsMax, out uint value)
    {
        value = 0;
        return text.Length <= digitsMax
            && uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
