namespace GraphOrder.Mappings;

/// <summary>
/// Which areas the table of a domain should map: those of the IOAS that the domain's HWPT stands on, or that
/// the domain itself needs. Immutable and thread-safe.
/// </summary>
internal sealed class DomainAreas
{
    private readonly Dictionary<int, List<ObjectId>> _ioas = [];

    /// <summary>Reads a set's needs: O(needs + dependencies).</summary>
    public DomainAreas(SessionSet set)
    {
        Dictionary<int, List<ObjectId>> hwptDomains = [];
        Dictionary<int, List<ObjectId>> hwptIoas = [];
        foreach ((ObjectId dependent, ObjectId on) in Needs(set))
        {
            ObjectKind from = set.Objects[dependent.Index].Kind;
            ObjectKind to = set.Objects[on.Index].Kind;
            if (from == ObjectKind.Hwpt && to == ObjectKind.IommuDomain)
            {
                Add(hwptDomains, dependent, on);
            }
            else if (to == ObjectKind.Ioas && from == ObjectKind.Hwpt)
            {
                Add(hwptIoas, dependent, on);
            }
            else if (to == ObjectKind.Ioas && from == ObjectKind.IommuDomain)
            {
                Add(_ioas, dependent, on);
            }
        }

        foreach ((int hwpt, List<ObjectId> domains) in hwptDomains)
        {
            foreach (ObjectId domain in domains)
            {
                foreach (ObjectId ioas in hwptIoas.GetValueOrDefault(hwpt) ?? [])
                {
                    Add(_ioas, domain, ioas);
                }
            }
        }
    }

    /// <summary>The areas of a domain, in document order; empty where nothing is said.</summary>
    public IEnumerable<IoasArea> Of(SessionSet set, ObjectId domain)
    {
        foreach (ObjectId ioas in _ioas.GetValueOrDefault(domain.Index) ?? [])
        {
            foreach (IoasArea area in set.Objects[ioas.Index].Facts.Areas)
            {
                yield return area;
            }
        }
    }

    /// <summary>The files that the areas of a domain map, each once.</summary>
    public IEnumerable<ObjectId> FilesOf(SessionSet set, ObjectId domain) =>
        Of(set, domain).Select(static area => area.File).Distinct();

    private static IEnumerable<(ObjectId Dependent, ObjectId On)> Needs(SessionSet set)
    {
        foreach (ObjectReference need in set.Needs)
        {
            yield return (need.Owner, need.Id);
        }

        foreach (DeclaredDependency declared in set.Dependencies)
        {
            if (!declared.Dependent.IsSession && !declared.On.IsSession)
            {
                yield return (declared.Dependent.ObjectId, declared.On.ObjectId);
            }
        }
    }

    private static void Add(Dictionary<int, List<ObjectId>> lists, ObjectId key, ObjectId value)
    {
        if (!lists.TryGetValue(key.Index, out List<ObjectId>? list))
        {
            lists.Add(key.Index, list = []);
        }

        if (!list.Contains(value))
        {
            list.Add(value);
        }
    }
}
