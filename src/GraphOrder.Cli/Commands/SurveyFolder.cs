using GraphOrder.Mappings;

namespace GraphOrder.Cli;

/// <summary>The documents of a folder tree, each of which may be the session set of a host.</summary>
internal sealed class SurveyFolder
{
    private const string Extension = ".json";

    private readonly string _folder;
    private readonly List<SurveyHost> _documents = [];
    private int _readCount;

    private SurveyFolder(string folder) => _folder = folder;

    /// <summary>The documents, named by their paths in the folder.</summary>
    public IReadOnlyList<SurveyHost> Documents => _documents;

    /// <summary>How many have been read, examples twice.</summary>
    public int ReadCount => Volatile.Read(ref _readCount);

    /// <summary>
    /// Looks through a folder and those in it; links to folders are not followed. A folder in it that may not
    /// be listed stands for hosts of which nothing is known.
    /// </summary>
    /// <exception cref="ToolException">It is no folder, or may not be listed.</exception>
    public static SurveyFolder Find(string folder, CancellationToken cancellation)
    {
        string name = Printable.Of(folder);
        if (File.Exists(folder))
        {
            throw ToolException.File(
                $"'{name}' is a file. Name a folder of session sets, or plan the file alone: graph-order "
                + "plan.");
        }

        if (folder.Length == 0 || !Directory.Exists(folder))
        {
            throw ToolException.File($"There is no folder '{name}'. Check the path.");
        }

        SurveyFolder found = new(folder);
        Stack<string> open = new([""]);
        while (open.TryPop(out string? inside))
        {
            if (!found.TryList(inside, open, cancellation) && inside.Length == 0)
            {
                throw ToolException.File($"The folder '{name}' may not be listed. Check its permissions.");
            }
        }

        return found;
    }

    private bool TryList(string inside, Stack<string> open, CancellationToken cancellation)
    {
        EnumerationOptions all = new() { AttributesToSkip = 0, IgnoreInaccessible = false };
        try
        {
            DirectoryInfo folder = new(Path.Combine(_folder, inside));
            foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos("*", all))
            {
                cancellation.ThrowIfCancellationRequested();
                string name = Path.Combine(inside, entry.Name);
                if (entry is not DirectoryInfo)
                {
                    AddDocument(name);
                }
                else if ((entry.Attributes & FileAttributes.ReparsePoint) == 0)
                {
                    open.Push(name);
                }
            }

            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (inside.Length > 0)
            {
                HostUnreadableException unreadable = new("the folder may not be listed", error);
                _documents.Add(new SurveyHost(inside + "/", _ => throw unreadable));
            }

            return false;
        }
    }

    private void AddDocument(string name)
    {
        if (name.EndsWith(Extension, StringComparison.Ordinal))
        {
            _documents.Add(new SurveyHost(name, cancellation => Read(name, cancellation)));
        }
    }

    // Images and folio records are opened by their names, and a pipe would wait for whoever writes to it.
    private static void DemandRegular(SessionSet set, string folder)
    {
        foreach (PreservedObject found in set.Objects)
        {
            string? image = found.Facts.PageTable?.Image;
            foreach (string? named in (ReadOnlySpan<string?>)[image, found.Facts.Folios])
            {
                if (named is not null && RegularFile.IsOther(Path.Combine(folder, named)))
                {
                    throw new HostUnreadableException("a file that it names is no regular file");
                }
            }
        }
    }

    private SessionSet Read(string name, CancellationToken cancellation)
    {
        string path = Path.Combine(_folder, name);
        try
        {
            using FileStream stream = RegularFile.Open(path);
            SessionSet read = SessionSet.Read(stream, path, cancellation);
            string folder = SetArguments.FolderOf(path);
            DemandRegular(read, folder);
            return read.With(new PageTableSource(folder).Walk(read, cancellation));
        }
        catch (IOException failed)
        {
            throw new HostUnreadableException("reading it fails", failed);
        }
        finally
        {
            Interlocked.Increment(ref _readCount);
        }
    }
}
