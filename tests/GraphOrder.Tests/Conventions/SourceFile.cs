using System.Text.RegularExpressions;
using GraphOrder.Tests.Documents;

namespace GraphOrder.Tests.Conventions;

/// <summary>A C# file of the tree: its lines, and its code without comments and texts.</summary>
internal sealed partial class SourceFile
{
    public SourceFile(string path, string text)
    {
        Path = path.Replace('\\', '/');
        Text = text;
        Lines = text.Split('\n');
        Code = CommentsAndTexts().Replace(text, match => new string('\n', match.Value.Count(c => c == '\n')));
    }

    /// <summary>The path from the root of the repository.</summary>
    public string Path { get; }

    public string Text { get; }

    public string[] Lines { get; }

    /// <summary>The text without comments and string literals; lines stay where they are.</summary>
    public string Code { get; }

    /// <summary>The types that the file declares.</summary>
    public IEnumerable<string> DeclaredTypes =>
        Declarations().Matches(Code).Select(match => match.Groups[1].Value);

    /// <summary>Every identifier that the file uses.</summary>
    public HashSet<string> Identifiers => [.. Words().Matches(Code).Select(match => match.Value)];

    /// <summary>All files below some folders.</summary>
    public static List<SourceFile> Below(params string[] folders) =>
    [
        .. folders.SelectMany(folder => Directory.EnumerateFiles(
                RepositoryFiles.In(folder.Split('/')), "*.cs", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(
                System.IO.Path.GetRelativePath(RepositoryFiles.Root, path), File.ReadAllText(path))),
    ];

    [GeneratedRegex(
        "\"\"\"[\\s\\S]*?\"\"\"|//[^\n]*|/\\*[\\s\\S]*?\\*/"
        + "|@?\"(?:[^\"\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\n]|\\\\.)+'")]
    private static partial Regex CommentsAndTexts();

    [GeneratedRegex("\\b(?:class|struct|interface|enum|record struct|record)\\s+([A-Z]\\w*)")]
    private static partial Regex Declarations();

    [GeneratedRegex("\\b[A-Z]\\w*\\b")]
    private static partial Regex Words();
}
