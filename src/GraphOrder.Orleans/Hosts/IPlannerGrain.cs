namespace GraphOrder.Orleans;

/// <summary>Plans sets: it keeps nothing, and each silo has as many as it has processors.</summary>
public interface IPlannerGrain : IGrainWithIntegerKey
{
    /// <summary>Plans a set.</summary>
    /// <param name="host">What the host is called.</param>
    /// <param name="document">Its set (<c>graphorder/session-set/1</c>) in UTF-8.</param>
    /// <exception cref="HostDocumentException">The document is malformed.</exception>
    Task<PlannedHost> PlanAsync(string host, [Immutable] byte[] document);
}
