using System.Text;

namespace GraphOrder;

/// <summary>
/// What a request takes out of a growing graph: areas, dependencies, objects with all that they carry,
/// sessions with all that is in them.
/// </summary>
internal sealed class Withdrawal
{
    private const string Document = "request";

    private static readonly DocumentForm<Withdrawal> Form = new(
        RequestReader.Schema,
        ["schema", "request", "id", "sessions", "objects", "dependencies", "areas"],
        ReadMember)
    {
        What = "a request",
        RequiredCount = 0,
    };

    private static readonly MemberNames Dependency = new("dependent", "on");

    private static readonly MemberNames Area = new("ioas", "iova", "bytes");

    private readonly List<string> _sessions = [];
    private readonly List<string> _objects = [];
    private readonly List<(string Dependent, string On)> _dependencies = [];
    private readonly List<(string Ioas, ulong Iova, long Bytes)> _areas = [];

    /// <summary>Reads it out of a request.</summary>
    /// <exception cref="MalformedDocumentException">A list is not as it must be.</exception>
    public static Withdrawal Read(
        ReadOnlyMemory<byte> request, ReaderLimits limits, CancellationToken cancellation)
    {
        Withdrawal read = new();
        return Form.Read(new SliceStream(request), Document, limits, read, _ => read, cancellation);
    }

    /// <summary>Takes all of it out: areas first, sessions last.</summary>
    /// <exception cref="RequestException">Something is not there, or the kernel has it.</exception>
    public void Enter(LiveDependencyGraph live, Change change)
    {
        ObjectId[] objects = [.. _objects.Select(name => ObjectOf(live, name))];
        SessionId[] sessions = [.. _sessions.Select(name => SessionOf(live, name))];
        foreach ((string ioas, ulong iova, long bytes) in _areas)
        {
            Unmap(live, change, ioas, iova, bytes);
        }

        foreach ((string dependent, string on) in _dependencies)
        {
            Withdraw(live, change, dependent, on);
        }

        for (int i = 0; i < objects.Length; i++)
        {
            // It may have left with what carried it.
            if (live.TryFind(Encoding.UTF8.GetBytes(_objects[i]), out _))
            {
                Remove(change, objects[i], _objects[i]);
            }
        }

        for (int i = 0; i < sessions.Length; i++)
        {
            if (live.TryFindSession(Encoding.UTF8.GetBytes(_sessions[i]), out _))
            {
                change.RemoveSession(sessions[i]);
            }
        }
    }

    private static void Remove(Change change, ObjectId id, string name)
    {
        if (change.IsPreserved(id))
        {
            throw new RequestException(
                $"The kernel has preserved '{Printable.Of(name)}' or what carries it. Withdraw its session.");
        }

        change.RemoveObject(id);
    }

    private static void Unmap(LiveDependencyGraph live, Change change, string ioas, ulong iova, long bytes)
    {
        ObjectId id = ObjectOf(live, ioas);
        try
        {
            change.Unmap(id, new IovaRange(iova, unchecked(iova + (ulong)bytes - 1)));
        }
        catch (ArgumentException)
        {
            throw new RequestException(
                $"'{Printable.Of(ioas)}' has no area of {bytes} bytes at 0x{iova:x}. Name an area as it was "
                + "declared.");
        }
    }

    private static void Withdraw(LiveDependencyGraph live, Change change, string dependent, string on)
    {
        DependencyEnd theDependent = EndOf(live, dependent);
        DependencyEnd theOn = EndOf(live, on);
        bool isThere = theDependent != theOn && change.RemoveDependency(theDependent, theOn);
        bool isDescribed = theDependent != theOn && !theDependent.IsSession && !theOn.IsSession
            && change.RemoveDescription(theDependent.ObjectId, theOn.ObjectId);
        if (!isThere && !isDescribed)
        {
            throw new RequestException(
                $"Nobody declared that '{Printable.Of(dependent)}' needs '{Printable.Of(on)}'. What areas "
                + "declare goes with the areas.");
        }
    }

    private static DependencyEnd EndOf(LiveDependencyGraph live, string name) =>
        live.TryFind(Encoding.UTF8.GetBytes(name), out ObjectId id) ? id
        : name.StartsWith(SessionSet.SessionPrefix, StringComparison.Ordinal)
            ? SessionOf(live, name[SessionSet.SessionPrefix.Length..])
            : ObjectOf(live, name);

    private static ObjectId ObjectOf(LiveDependencyGraph live, string name) =>
        live.TryFind(Encoding.UTF8.GetBytes(name), out ObjectId id)
            ? id
            : throw new RequestException(
                $"There is no '{Printable.Of(name)}' in the growing graph. 'plan' lists what is there.");

    private static SessionId SessionOf(LiveDependencyGraph live, string name) =>
        live.TryFindSession(Encoding.UTF8.GetBytes(name), out SessionId id)
            ? id
            : throw new RequestException(
                $"There is no session '{Printable.Of(name)}' in the growing graph. 'plan' lists what is "
                + "there.");

    private static void ReadMember(ref DocumentReader reader, Withdrawal read, int member)
    {
        switch (member)
        {
            case 3: ReadTexts(ref reader, read._sessions); break;
            case 4: ReadTexts(ref reader, read._objects); break;
            case 5: ReadDependencies(ref reader, read); break;
            case 6: ReadAreas(ref reader, read); break;
            default: reader.Skip(); break;
        }
    }

    private static void ReadTexts(ref DocumentReader reader, List<string> texts)
    {
        if (!reader.TryEnterList())
        {
            return;
        }

        while (reader.NextElement())
        {
            if (reader.Text() is { } text)
            {
                texts.Add(text);
            }
        }
    }

    private static void ReadDependencies(ref DocumentReader reader, Withdrawal read)
    {
        if (!reader.TryEnterList())
        {
            return;
        }

        while (reader.NextElement())
        {
            if (!reader.TryEnterObject())
            {
                continue;
            }

            SourceLocation start = reader.Location;
            (string? dependent, string? on) = (null, null);
            ulong seen = 0;
            while (reader.NextMember(Dependency, ref seen, out int member))
            {
                (dependent, on) = member == 0 ? (reader.Text(), on) : (dependent, reader.Text());
            }

            reader.Demand(Dependency, 2, seen, start, "a dependency");
            read._dependencies.Add((dependent ?? "", on ?? ""));
        }
    }

    private static void ReadAreas(ref DocumentReader reader, Withdrawal read)
    {
        if (!reader.TryEnterList())
        {
            return;
        }

        while (reader.NextElement())
        {
            if (!reader.TryEnterObject())
            {
                continue;
            }

            SourceLocation start = reader.Location;
            string? ioas = null;
            ulong? iova = null;
            long? bytes = null;
            ulong seen = 0;
            while (reader.NextMember(Area, ref seen, out int member))
            {
                switch (member)
                {
                    case 0: ioas = reader.Text(); break;
                    case 1: iova = reader.NumberText(); break;
                    default: bytes = reader.Integer(min: 1); break;
                }
            }

            reader.Demand(Area, 3, seen, start, "an area");
            read._areas.Add((ioas ?? "", iova ?? 0, bytes ?? 1));
        }
    }
}
