using System.Globalization;
using System.Text;

namespace GraphOrder;

/// <summary>
/// Names for formats that cannot hold every character, so that they come back as they were. What XML forbids,
/// control characters, and marks that turn the direction of a text are written <c>_xHHHH_</c>, a UTF-16 unit
/// in four hexadecimal digits, as office documents do it (ECMA-376, ST_Xstring); an underscore that begins
/// something that reads like it becomes <c>_x005F_</c>. Thread-safe.
/// </summary>
public static class MarkupName
{
    private const int EscapeLength = 7;

    /// <summary>The name in its escaped form; most are their own.</summary>
    /// <param name="name">The name.</param>
    /// <param name="escapesBackslash">
    /// Whether a backslash is written so too: between the quotes of DOT it cannot stand at every place.
    /// </param>
    /// <remarks>O(length).</remarks>
    public static string Escape(string name, bool escapesBackslash = false)
    {
        ArgumentNullException.ThrowIfNull(name);
        StringBuilder? escaped = null;
        for (int i = 0; i < name.Length; i++)
        {
            bool isPair = char.IsHighSurrogate(name[i]) && i + 1 < name.Length
                && char.IsLowSurrogate(name[i + 1]);
            if (isPair)
            {
                escaped?.Append(name, i, 2);
                i++;
            }
            else if (IsUnsafe(name[i]) || (name[i] == '\\' && escapesBackslash)
                || (name[i] == '_' && TryRead(name, i, out _)))
            {
                escaped ??= new StringBuilder().Append(name, 0, i);
                escaped.Append(CultureInfo.InvariantCulture, $"_x{(int)name[i]:X4}_");
            }
            else
            {
                escaped?.Append(name[i]);
            }
        }

        return escaped?.ToString() ?? name;
    }

    /// <summary>The name that <see cref="Escape"/> was given.</summary>
    /// <remarks>
    /// What escaping would not have written stays as it is: <c>_x0041_</c> in somebody's file is no A.
    /// </remarks>
    public static string Unescape(string escaped)
    {
        ArgumentNullException.ThrowIfNull(escaped);
        StringBuilder? name = null;
        for (int i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] == '_' && TryRead(escaped, i, out char unit)
                && (IsUnsafe(unit) || unit is '\\' or '_'))
            {
                name ??= new StringBuilder().Append(escaped, 0, i);
                name.Append(unit);
                i += EscapeLength - 1;
            }
            else
            {
                name?.Append(escaped[i]);
            }
        }

        return name?.ToString() ?? escaped;
    }

    private static bool IsUnsafe(char unit) => char.IsControl(unit) || char.IsSurrogate(unit)
        || unit is '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E')
            or (>= '\u2066' and <= '\u2069') or '\uFEFF' or '\uFFFE' or '\uFFFF';

    private static bool TryRead(string text, int at, out char unit)
    {
        bool isThere = at + EscapeLength <= text.Length
            && text[at] == '_' && text[at + 1] == 'x' && text[at + EscapeLength - 1] == '_';
        int value = 0;
        for (int i = at + 2; isThere && i < at + EscapeLength - 1; i++)
        {
            isThere = text[i] is (>= '0' and <= '9') or (>= 'A' and <= 'F');
            value = 16 * value + (text[i] <= '9' ? text[i] - '0' : text[i] - 'A' + 10);
        }

        unit = isThere ? (char)value : '\0';
        return isThere;
    }
}
