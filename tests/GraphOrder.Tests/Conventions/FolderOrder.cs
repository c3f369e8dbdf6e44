namespace GraphOrder.Tests.Conventions;

/// <summary>Finds what uses a type of a folder that stands later in the order of folders.</summary>
internal static class FolderOrder
{
    /// <summary>One line for each use: file, type, and the folder it comes from.</summary>
    /// <param name="folders">The folders in their order; each may use those before it.</param>
    /// <param name="files">Files whose path is <c>src/project/folder/…/file.cs</c>.</param>
    public static List<string> Violations(string[] folders, IReadOnlyList<SourceFile> files)
    {
        // A type of several parts belongs to the earliest folder that has one of them.
        Dictionary<string, int> folderOf = [];
        foreach (SourceFile file in files)
        {
            int folder = IndexOf(folders, file);
            foreach (string type in file.DeclaredTypes)
            {
                folderOf[type] = folderOf.TryGetValue(type, out int known) ? Math.Min(known, folder) : folder;
            }
        }

        List<string> violations = [];
        foreach (SourceFile file in files)
        {
            int own = IndexOf(folders, file);
            foreach (string word in file.Identifiers.Order(StringComparer.Ordinal))
            {
                if (folderOf.TryGetValue(word, out int folder) && folder > own)
                {
                    violations.Add($"{file.Path} uses {word} of {folders[folder]}");
                }
            }
        }

        return violations;
    }

    private static int IndexOf(string[] folders, SourceFile file)
    {
        int index = Array.IndexOf(folders, file.Path.Split('/')[2]);
        Assert.That(index, Is.GreaterThanOrEqualTo(0), $"{file.Path} is in a folder that the design names");
        return index;
    }
}
