using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GraphOrder.LiveUpdate;

/// <summary>The value of an option of QEMU: a type, and members by name.</summary>
/// <param name="Type">What stands first, or the member that tells the type.</param>
internal sealed record QemuOption(string Type)
{
    private const string Units = "KMGTPE";

    /// <summary>Its members.</summary>
    public Dictionary<string, string> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads <c>type,name=value,...</c>, in which <c>,,</c> is a comma, or JSON as libvirt writes
    /// it.
    /// </summary>
    /// <exception cref="ImportException">It is JSON and no object.</exception>
    public static QemuOption Read(string source, string text, string typeMember)
    {
        if (text.StartsWith('{'))
        {
            ImportJson json = ImportJson.Read(source, Encoding.UTF8.GetBytes(text));
            QemuOption option = new(json.Find(typeMember)?.Text() ?? "");
            foreach ((string name, ImportJson value) in json.Members())
            {
                option.Members[name] = value.Value.ValueKind == JsonValueKind.String
                    ? value.Text()
                    : value.Value.ValueKind switch
                    {
                        JsonValueKind.True => "on",
                        JsonValueKind.False => "off",
                        _ => value.Value.GetRawText(),
                    };
            }

            return option;
        }

        List<string> parts = Parts(text);
        QemuOption read = new(parts[0].Contains('=', StringComparison.Ordinal) ? "" : parts[0]);
        foreach (string part in parts)
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            read.Members[equals < 0 ? part : part[..equals]] = equals < 0 ? "on" : part[(equals + 1)..];
        }

        return read;
    }

    /// <summary>A member; null where it is not there.</summary>
    public string? Find(string name) => Members.GetValueOrDefault(name);

    /// <summary>Whether a switch is on.</summary>
    public bool IsOn(string name, bool otherwise) =>
        Find(name) is { } value ? value is "on" or "yes" or "true" or "y" : otherwise;

    /// <summary>Reads a size: digits and a unit, or <paramref name="unit"/> bits where there is
    /// none.</summary>
    public static bool TrySize(string text, int unit, out ulong bytes)
    {
        bytes = 0;
        string digits = text.Length > 1 && text[^1] is 'B' or 'b' ? text[..^1] : text;
        int found = digits.Length == 0
            ? -1
            : Units.IndexOf(char.ToUpperInvariant(digits[^1]), StringComparison.Ordinal);
        int shift = found < 0 ? digits == text ? unit : 0 : (found + 1) * 10;
        bool isRead = ulong.TryParse(
            found < 0 ? digits : digits[..^1],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out ulong count);
        if (!isRead || count > (1UL << 53) - 1 >> shift)
        {
            return false;
        }

        bytes = count << shift;
        return true;
    }

    private static List<string> Parts(string text)
    {
        List<string> parts = [];
        StringBuilder part = new();
        for (int i = 0; i < text.Length; i++)
        {
            bool isComma = text[i] == ',';
            if (isComma && i + 1 < text.Length && text[i + 1] == ',')
            {
                i++;
                part.Append(',');
            }
            else if (isComma)
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else
            {
                part.Append(text[i]);
            }
        }

        parts.Add(part.ToString());
        return parts;
    }
}
