using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// The <c>input</c> digest of <c>graphorder/plan/1</c>: SHA-256 over the canonical JSON of the set without
/// <c>dependencies</c>, then the sorted digests of the dependencies, then for each iommu_domain with a page
/// table the canonical JSON of its derived owners, which is an empty list while it was not walked.
/// </summary>
internal static class SetDigest
{
    // From so many objects and dependencies on the system's library is faster, loading it included, and
    // another thread is, starting it included.
    private const int LargeCount = 20_000;

    /// <summary>The digest of a set. O(length of the document) time, O(dependencies) space.</summary>
    public static Digest Of(SessionSet set)
    {
        using CanonicalJson json = new(IsLarge(set));
        DigestRow[] dependencies = new DigestRow[set.Dependencies.Length];
        for (int i = 0; i < dependencies.Length; i++)
        {
            WriteDependency(json, set, set.Dependencies.ItemRef(i));
            dependencies[i] = json.FinishRow();
        }

        Array.Sort(dependencies);
        WriteSet(json, set);
        json.EndValue();
        Span<byte> row = stackalloc byte[Digest.ByteCount];
        foreach (DigestRow dependency in dependencies)
        {
            dependency.CopyTo(row);
            json.Raw(row);
        }

        for (int i = 0; i < set.Objects.Length; i++)
        {
            PreservedObject found = set.Objects[i];
            if (found.Kind == ObjectKind.IommuDomain && found.Facts.PageTable is not null)
            {
                WriteOwners(json, set, new ObjectId(i));
                json.EndValue();
            }
        }

        Span<byte> digest = stackalloc byte[Digest.ByteCount];
        json.Finish(digest);
        return new Digest(digest);
    }

    /// <summary>Whether a set is so large that its digest is worth a thread of its own.</summary>
    public static bool IsLarge(SessionSet set) =>
        (long)set.Objects.Length + set.Dependencies.Length > LargeCount;

    private static void WriteOwners(CanonicalJson json, SessionSet set, ObjectId domain)
    {
        json.BeginList();
        foreach (WalkedDomain walked in set.Walked)
        {
            foreach (MappedOwner owner in walked.Domain == domain ? walked.Owners : [])
            {
                json.BeginObject();
                json.Name("firstIova");
                json.NumberText(owner.FirstIova);
                json.Name("object");
                json.Text(set.Utf8NameOf(owner.Memfd));
                json.EndObject();
            }
        }

        json.EndList();
    }

    private static void WriteSet(CanonicalJson json, SessionSet set)
    {
        json.BeginObject();
        if (set.Host is { } host)
        {
            json.Name("host");
            WriteHost(json, host);
        }

        if (set.Limits is { } limits)
        {
            json.Name("limits");
            json.BeginObject();
            foreach ((string name, int limit) in limits)
            {
                json.Name(name);
                json.Number(limit);
            }

            json.EndObject();
        }

        json.Name("objects");
        WriteObjects(json, set);
        if (set.Platform is { } platform)
        {
            json.Name("platform");
            WritePlatform(json, platform);
        }

        json.Name("schema");
        json.Text(SessionSetReader.Schema);
        json.Name("sessions");
        json.BeginList();
        foreach (SessionEntry session in set.Sessions)
        {
            WriteSession(json, set, session);
        }

        json.EndList();
        json.EndObject();
    }

    private static void WriteSession(CanonicalJson json, SessionSet set, SessionEntry session)
    {
        json.BeginObject();
        if (session.Blackout is { } blackout)
        {
            json.Name("blackout");
            json.BeginList();
            json.Text(set.Utf8NameOf(blackout.Pause));
            json.Text(set.Utf8NameOf(blackout.Resume));
            json.EndList();
        }

        if (session.SaysCreated || session.Created)
        {
            json.Name("created");
            json.Truth(session.Created);
        }

        json.Name("name");
        json.Text(session.Name.Text);
        if (session.SaysPreserved || !session.Preserved.IsEmpty)
        {
            json.Name("preserved");
            json.BeginList();
            foreach (ObjectId id in session.Preserved)
            {
                json.Text(set.Utf8NameOf(id));
            }

            json.EndList();
        }

        json.EndObject();
    }

    private static void WriteObjects(CanonicalJson json, SessionSet set)
    {
        SortedNames needs = new(set, set.Needs, EmptyLists.Needs);
        SortedNames describes = new(set, set.Describes, EmptyLists.Describes);
        json.BeginList();
        for (int i = 0; i < set.Objects.Length; i++)
        {
            CanonicalObject.Write(json, set, new ObjectId(i), needs, describes);
        }

        json.EndList();
    }

    private static void WriteHost(CanonicalJson json, HostFacts host)
    {
        json.BeginObject();
        if (host.FreeBytes is { } freeBytes)
        {
            json.Name("freeBytes");
            json.Number(freeBytes);
        }

        if (host.Kernel is { } kernel)
        {
            json.Name("kernel");
            json.Text(kernel);
        }

        if (host.KexecMicroseconds is { } kexec)
        {
            json.Name("kexecMicroseconds");
            json.Number(kexec);
        }

        if (host.NextKernel is { } nextKernel)
        {
            json.Name("nextKernel");
            json.Text(nextKernel);
        }

        json.EndObject();
    }

    private static void WritePlatform(CanonicalJson json, PlatformFacts platform)
    {
        json.BeginObject();
        WriteRanges(json, "mmio", platform.Mmio);
        WriteRanges(json, "preserved", platform.Preserved);
        WriteRanges(json, "scratch", platform.Scratch);
        json.EndObject();
    }

    private static void WriteRanges(CanonicalJson json, string name, ImmutableArray<PhysicalRange>? ranges)
    {
        if (ranges is not { } listed)
        {
            return;
        }

        json.Name(name);
        json.BeginList();
        foreach (PhysicalRange range in listed)
        {
            json.BeginObject();
            json.Name("bytes");
            json.Number(range.Bytes);
            json.Name("physical");
            json.NumberText(range.Physical);
            json.EndObject();
        }

        json.EndList();
    }

    private static void WriteDependency(CanonicalJson json, SessionSet set, in DeclaredDependency dependency)
    {
        json.BeginObject();
        if (dependency.Origin.DeclaredBy is { } declaredBy)
        {
            json.Name("declaredBy");
            json.Text(declaredBy);
        }

        json.Name("dependent");
        WriteEnd(json, set, dependency.Dependent);
        json.Name("on");
        WriteEnd(json, set, dependency.On);
        if (dependency.Phases is { } phases)
        {
            json.Name("phases");
            json.BeginList();
            foreach (Phase phase in CanonicalObject.PhasesByName)
            {
                if (phases.Contains(phase))
                {
                    json.Text(phase.Name());
                }
            }

            json.EndList();
        }

        if (dependency.Strength is { } strength)
        {
            json.Name("strength");
            json.Text(strength == DependencyStrength.Hard ? "hard" : "soft");
        }

        if (dependency.Weight is { } weight)
        {
            json.Name("weight");
            json.Number(weight);
        }

        if (dependency.Origin.Why is { } why)
        {
            json.Name("why");
            json.Text(why);
        }

        json.EndObject();
    }

    private static void WriteEnd(CanonicalJson json, SessionSet set, DependencyEnd end)
    {
        if (end.IsSession)
        {
            json.Text(set.NameOf(end));
        }
        else
        {
            json.Text(set.Utf8NameOf(end.ObjectId), set.HasPlainIds);
        }
    }
}
