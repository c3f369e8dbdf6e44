namespace GraphOrder.Orleans;

/// <summary>
/// One host: its set, its plan with the certificate, and its last update. The key is the host's id.
/// </summary>
public interface IHostGrain : IGrainWithStringKey
{
    /// <summary>
    /// Declares the host's whole set. Declared again it changes nothing; after an outcome that nobody knows,
    /// <see cref="StandingAsync"/> tells by its digest whether it came through.
    /// </summary>
    /// <param name="document">The set (<c>graphorder/session-set/1</c>) in UTF-8.</param>
    /// <returns>
    /// What is to be thought of that set. Where it has no legal plan and the one before has, that one stays,
    /// and the host is not updated until another set is declared.
    /// </returns>
    /// <exception cref="HostDocumentException">
    /// The document is malformed; the set before stays, as where it has no legal plan.
    /// </exception>
    Task<HostStanding> DeclareAsync([Immutable] byte[] document);

    /// <summary>What is known of the host.</summary>
    Task<HostStanding> StandingAsync();

    /// <summary>Its plan or refusal, with the certificate; empty where nothing was declared.</summary>
    Task<byte[]> PlanAsync();

    /// <summary>
    /// Begins an update, or says how far it is where it was begun before: the same order is carried out
    /// once.
    /// </summary>
    Task<UpdateReport> UpdateAsync(UpdateRequest request);

    /// <summary>How the host's update in a roll-out ended; null where it did not, or was none.</summary>
    Task<UpdateReport?> EndAsync(string rollout);
}
