using System.CommandLine;
using GraphOrder.Mappings;

namespace GraphOrder.Cli;

/// <summary>How <c>walk</c> is told whose memory a table maps.</summary>
internal sealed class SetOptions
{
    private const int ShownMax = 3;

    private readonly Option<string?> _set = new("--set")
    {
        Description = "The session set whose memfds own the memory, with --domain. What it says of the "
            + "domain's table and of the platform counts where no option says it.",
        HelpName = "SET",
    };

    private readonly Option<string?> _domain = new("--domain")
    {
        Description = "The iommu_domain of the set whose table it is: then owners, what is mapped and not "
            + "declared, and what is declared and not mapped are told.",
        HelpName = "ID",
    };

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => [_set, _domain];

    /// <summary>Reads the set, where one is given.</summary>
    /// <exception cref="ToolException">It cannot say whose memory is whose.</exception>
    /// <exception cref="MalformedDocumentException">It is no set.</exception>
    public WalkSet? Read(ParseResult parsed, CancellationToken cancellation)
    {
        string? path = parsed.GetValue(_set);
        string? id = parsed.GetValue(_domain);
        if (path is null || id is null)
        {
            return path is null && id is null ? null
                : throw ToolException.Usage(path is null
                    ? "--domain needs --set SET too."
                    : "--set needs --domain ID too: the iommu_domain whose table it is.");
        }

        SessionSet set = SetArguments.ReadUnwalked(path, cancellation);
        ObjectId domain = Domain(set, path, id);
        OwnerWalk owners = OwnerWalk.Of(set, domain, SetArguments.FolderOf(path), cancellation);
        return owners.Flaw is null
            ? new(path, set, domain, owners)
            : throw new ToolException(
                ExitCodes.Refused,
                $"{Printable.Of(InputFile.NameOf(path))} cannot say whose memory is whose: "
                + $"{Printable.Of(owners.Flaw)}. Mend its 'extents' or 'folios', or leave out --set.");
    }

    private static ObjectId Domain(SessionSet set, string path, string id)
    {
        DependencyEnd end = SetArguments.Find(set, path, id);
        if (!end.IsSession && set.Objects[end.ObjectId.Index].Kind == ObjectKind.IommuDomain)
        {
            return end.ObjectId;
        }

        string kind = end.IsSession ? "a session" : $"of kind {set.Objects[end.ObjectId.Index].Kind.Name}";
        List<string> domains = [];
        for (int i = 0; i < set.Objects.Length && domains.Count <= ShownMax; i++)
        {
            if (set.Objects[i].Kind == ObjectKind.IommuDomain)
            {
                domains.Add(domains.Count == ShownMax ? "..." : Printable.Of(set.NameOf(new ObjectId(i))));
            }
        }

        throw ToolException.Usage(
            $"'{Printable.Of(id)}' is {kind}, and only an iommu_domain has a page table. "
            + (domains.Count > 0
                ? $"Domains of the set: {string.Join(", ", domains)}."
                : "The set has no iommu_domain: leave out --set and --domain."));
    }
}
