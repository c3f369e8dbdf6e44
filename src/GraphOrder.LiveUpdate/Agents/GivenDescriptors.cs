using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace GraphOrder.LiveUpdate;

/// <summary>Descriptors that were handed to this process, by name. Not thread-safe.</summary>
public sealed class GivenDescriptors
{
    /// <summary>The schema of a list of inherited descriptors.</summary>
    public const string Schema = "graphorder/descriptors/1";

    private const int FirstInherited = 3;
    private const string SessionKind = "session";
    private const string FileKind = "file";

    private readonly List<(string Name, int Descriptor)> _sessions = [];
    private readonly List<(string Name, int Descriptor)> _files = [];

    /// <summary>The sessions' names, in the order of their creation.</summary>
    public ImmutableArray<string> Sessions => [.. _sessions.Select(each => each.Name)];

    /// <summary>Takes one.</summary>
    /// <param name="kind"><c>session</c> or <c>file</c>.</param>
    /// <param name="name">The session's name, or the file's id.</param>
    /// <param name="descriptor">The descriptor here.</param>
    public void Add(string kind, string name, int descriptor) =>
        (kind == SessionKind ? _sessions : _files).Add((name, descriptor));

    /// <summary>
    /// Takes those of a document: <c>{"sessions": [{"name", "fd"}], "files": [{"id", "fd"}]}</c>.
    /// </summary>
    /// <exception cref="FormatException">It is no such document.</exception>
    public void AddDocument(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("schema", out JsonElement schema)
                || schema.ValueKind != JsonValueKind.String
                || schema.GetString() != Schema)
            {
                throw new FormatException($"its 'schema' is not '{Schema}'");
            }

            AddList(root, "sessions", SessionKind, "name");
            AddList(root, "files", FileKind, "id");
        }
        catch (JsonException error)
        {
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"{error.LineNumber + 1}:{error.BytePositionInLine + 1}: this is not JSON"), error);
        }
    }

    /// <summary>
    /// Takes what the service manager passes (sd_listen_fds(3)): descriptors from 3 up, whose names in
    /// LISTEN_FDNAMES begin with <c>session=</c> or <c>file=</c>; others are left alone, and so are names
    /// beyond LISTEN_FDS.
    /// </summary>
    /// <param name="variable">Reads a variable of the environment.</param>
    /// <param name="process">This process, which LISTEN_PID must name.</param>
    public void AddInherited(Func<string, string?> variable, int process)
    {
        ArgumentNullException.ThrowIfNull(variable);
        if (variable("LISTEN_PID") != process.ToString(CultureInfo.InvariantCulture)
            || !int.TryParse(
                variable("LISTEN_FDS"), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            || variable("LISTEN_FDNAMES") is not { } names)
        {
            return;
        }

        string[] all = names.Split(':');
        for (int i = 0; i < Math.Min(count, all.Length); i++)
        {
            int equals = all[i].IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && all[i][..equals] is SessionKind or FileKind)
            {
                Add(all[i][..equals], all[i][(equals + 1)..], FirstInherited + i);
            }
        }
    }

    /// <summary>Gives them to a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="foreign">Names that the set has not.</param>
    public UpdateDescriptors For(SessionSet set, out ImmutableArray<string> foreign)
    {
        ArgumentNullException.ThrowIfNull(set);
        UpdateDescriptors descriptors = new(set);
        ImmutableArray<string>.Builder others = ImmutableArray.CreateBuilder<string>();
        foreach ((string name, int descriptor) in _sessions)
        {
            if (set.TryFindSession(name, out SessionId session))
            {
                descriptors[session] = descriptor;
            }
            else if (name == MemoryJournalStore.SessionText)
            {
                descriptors.Journal = descriptor;
            }
            else
            {
                others.Add(SessionSet.SessionPrefix + name);
            }
        }

        foreach ((string id, int descriptor) in _files)
        {
            if (set.TryFind(id, out ObjectId file) && set.Objects[file.Index].IsFile)
            {
                descriptors[file] = descriptor;
            }
            else
            {
                others.Add(id);
            }
        }

        foreign = others.ToImmutable();
        return descriptors;
    }

    private void AddList(JsonElement root, string list, string kind, string nameMember)
    {
        if (root.TryGetProperty(list, out JsonElement entries))
        {
            if (entries.ValueKind != JsonValueKind.Array)
            {
                throw new FormatException($"'{list}' is no list");
            }

            int place = 0;
            foreach (JsonElement entry in entries.EnumerateArray())
            {
                string where = string.Create(CultureInfo.InvariantCulture, $"{list}[{place++}]");
                if (entry.ValueKind != JsonValueKind.Object
                    || !entry.TryGetProperty(nameMember, out JsonElement name)
                    || name.ValueKind != JsonValueKind.String)
                {
                    throw new FormatException($"{where} has no '{nameMember}' in words");
                }

                int number = -1;
                bool hasNumber = entry.TryGetProperty("fd", out JsonElement descriptor)
                    && descriptor.ValueKind == JsonValueKind.Number
                    && descriptor.TryGetInt32(out number);
                Add(kind, name.GetString()!, hasNumber && number >= 0
                    ? number
                    : throw new FormatException($"{where} has no 'fd' that is a descriptor's number"));
            }
        }
    }
}
