using System.Text;

namespace GraphOrder.Reports;

/// <summary>
/// Words of a command that can be pasted into a shell, whatever a file is called. Thread-safe.
/// </summary>
public static class ShellWord
{
    private const string Harmless = "_-./:,@%+=";

    /// <summary>
    /// A path: plain where it can be, else <c>$'…'</c> in ASCII, as bash, zsh and POSIX 2024 read it.
    /// </summary>
    /// <param name="path">The path.</param>
    public static string Path(string path) =>
        Of(path.Length > 1 && path[0] == '-' ? "./" + path : path);

    /// <summary>A word.</summary>
    /// <param name="word">The word.</param>
    public static string Of(string word)
    {
        bool isPlain = word.Length > 0;
        foreach (char character in word)
        {
            isPlain &= char.IsAsciiLetterOrDigit(character)
                || Harmless.Contains(character, StringComparison.Ordinal);
        }

        if (isPlain)
        {
            return word;
        }

        StringBuilder quoted = new("$'");
        foreach (byte unit in Encoding.UTF8.GetBytes(word))
        {
            _ = unit switch
            {
                (byte)'\\' or (byte)'\'' => quoted.Append('\\').Append((char)unit),
                >= (byte)' ' and <= (byte)'~' => quoted.Append((char)unit),

                // Three octal digits end by themselves; a digit that follows is not read as part of it.
                _ => quoted.Append('\\').Append(Convert.ToString(unit, 8).PadLeft(3, '0')),
            };
        }

        return quoted.Append('\'').ToString();
    }
}
