namespace GraphOrder.LiveUpdate;

/// <summary>
/// Makes a session set of the mapping document by which systemd (261 and later) finds the stored
/// descriptors of its units again (src/core/luo.c, src/shared/luo-util.c). Thread-safe.
/// </summary>
public static class SystemdImport
{
    private const string SessionName = "systemd";
    private const string MappingId = "systemd/mapping";
    private const ulong Version = 1;

    /// <summary>
    /// Reads a mapping: with tokens, as it travels, or with descriptors, as systemd-shutdown is given it.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImportResult Read(ImportSource source, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ImportedSet.Make(() => Make(source), cancellation);
    }

    private static ImportedSet Make(ImportSource source)
    {
        ImportJson root = ImportJson.Read(source.Name, ImportText.ReadAll(source));
        if (root.Get("version") is var version && version.Number() != Version)
        {
            throw version.Unexpected($"{version.Number()}", $"version {Version}");
        }

        ImportedSet set = new("systemd")
        {
            Empty = ("The mapping", "No unit has a stored descriptor"),
        };
        if (root.Find("state")?.Find("kexecsCount") is { } count)
        {
            set.Extras.Add(new("x-kexecsCount", checked((long)Math.Min(count.Number(), uint.MaxValue))));
        }

        ImportedObject mapping = new(MappingId, ObjectKind.Memfd)
        {
            Session = SessionName,
            Token = 0,
            Seals = Seals.Seal | Seals.Shrink | Seals.Grow | Seals.Write,
        };
        mapping.Extras.Add(
            new("x-inferred", "the mapping itself, which systemd preserves last with token 0"));
        Dictionary<string, ImportedSession> sessions = new(StringComparer.Ordinal);
        set.FreeId(MappingId);
        foreach ((string unit, ImportJson value) in root.Find("units")?.Members() ?? [])
        {
            foreach (ImportJson entry in value.Get("fdstore").Entries())
            {
                Add(set, mapping, sessions, unit, entry);
            }
        }

        if (set.Objects.Count + set.Sessions.Count > 0)
        {
            set.Sessions.Add(new(SessionName));
            set.Objects.Add(mapping);
        }

        return set;
    }

    private static void Add(
        ImportedSet set,
        ImportedObject mapping,
        Dictionary<string, ImportedSession> sessions,
        string unit,
        ImportJson entry)
    {
        string name = entry.Get("name").Text();
        string type = entry.Get("type").Text();
        if (type == "luo_session")
        {
            AddSession(set, sessions, unit, name, entry.Get("sessionName"));
            return;
        }

        if (type != "fd")
        {
            throw entry.Get("type").Unexpected(ImportLines.Quoted(type), "'fd' or 'luo_session'");
        }

        ImportJson? token = entry.Find("token");
        if (token is null)
        {
            entry.Get("fd").Number();
        }
        else if (token.Value.Number() == 0)
        {
            throw token.Value.Unexpected("0", "a token from 1 up, since 0 is the mapping's");
        }

        string id = set.FreeId($"{SessionName}/{unit}/{name}");

        // What has a token was preserved, and Linux 7.3 preserves nothing but memfds.
        ImportedObject file = new(id, token is null ? ObjectKind.File : ObjectKind.Memfd)
        {
            Session = SessionName,
            Token = token?.Number(),
        };
        file.Extras.Add(new("x-unit", unit));
        file.Extras.Add(new("x-inferred", token is null
            ? "a descriptor of a kind that the document does not tell"
            : "a memfd, since it was preserved and Linux 7.3 preserves nothing else"));
        set.Objects.Add(file);
        mapping.Describes.Add(id);
    }

    private static void AddSession(
        ImportedSet set, Dictionary<string, ImportedSession> sessions, string unit, string name,
            ImportJson value)
    {
        string session = value.Text();
        if (!ImportText.IsSessionName(session) || session == SessionName)
        {
            throw value.Unexpected(ImportLines.Quoted(session), "the name of a session of a unit's own");
        }

        if (sessions.ContainsKey(session))
        {
            throw value.Unexpected($"session {ImportLines.Quoted(session)} again", "each session once");
        }

        ImportedSession made = new(session) { IsCreated = true };
        made.Extras.Add(new("x-unit", unit));
        made.Extras.Add(new("x-name", name));
        sessions.Add(session, made);
        set.Sessions.Add(made);
        set.NotSeen.Add($"what session '{session}' of {unit} has preserved");
        set.Dependencies.Add(new(
            $"session:{session}", MappingId, "systemd finds the session by its mapping")
        {
            Phases = [Phase.Retrieve],
        });
    }
}
