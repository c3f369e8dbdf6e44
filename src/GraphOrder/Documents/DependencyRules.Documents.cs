namespace GraphOrder;

/// <content>The digest of the rule table.</content>
public static partial class DependencyRules
{
    /// <summary>
    /// The <c>rules</c> digest of <c>graphorder/plan/1</c>: SHA-256 over the canonical JSON of the table, a
    /// list of objects with the members <c>dependents</c> (empty for any file), <c>on</c>, <c>orders</c>,
    /// <c>presence</c> (absent where there is none) and <c>pulled</c>. Status and source decide no order
    /// and are not in it.
    /// </summary>
    public static Digest Digest => LazyDigest.Value;

    private static Lazy<Digest> LazyDigest { get; } = new(Compute);

    private static Digest Compute()
    {
        using CanonicalJson json = new();
        json.BeginList();
        foreach (DependencyRule row in Rows)
        {
            json.BeginObject();
            json.Name("dependents");
            CanonicalObject.WriteSorted(json, [.. row.Dependents.Select(kind => kind.Name)]);
            json.Name("on");
            CanonicalObject.WriteSorted(json, [.. row.On.Select(kind => kind.Name)]);
            json.Name("orders");
            List<string> phases = [];
            foreach (Phase phase in row.Orders)
            {
                phases.Add(phase.Name());
            }

            CanonicalObject.WriteSorted(json, phases);
            if (row.Presence is { } presence)
            {
                json.Name("presence");
                json.Text(presence.Name());
            }

            json.Name("pulled");
            json.Truth(row.IsPulled);
            json.EndObject();
        }

        json.EndList();
        Span<byte> digest = stackalloc byte[Digest.ByteCount];
        json.Finish(digest);
        return new Digest(digest);
    }
}
