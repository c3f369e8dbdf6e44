namespace GraphOrder;

/// <content>What a set has to do with its document.</content>
public sealed partial class SessionSet
{
    private Digest? _digest;
    private Task<Digest>? _pendingDigest;
    private bool? _hasPlainIds;

    /// <summary>
    /// The digest by which a plan names the set it was made for (<c>input</c> of <c>graphorder/plan/1</c>).
    /// Computed once, O(length of the document).
    /// </summary>
    public Digest Digest => _digest ??= _pendingDigest?.GetAwaiter().GetResult() ?? SetDigest.Of(this);

    /// <summary>Whether all ids are of printable ASCII, and nothing in them is escaped in JSON.</summary>
    internal bool HasPlainIds => _hasPlainIds ??= EscapedNames.IsPlain(Ids.AllUtf8);

    /// <summary>
    /// Begins to compute the digest of a large set on another thread, where there is a processor for it.
    /// </summary>
    internal void BeginDigest()
    {
        if (Environment.ProcessorCount > 1 && _digest is null && SetDigest.IsLarge(this))
        {
            _pendingDigest ??= Task.Factory.StartNew(
                () => SetDigest.Of(this),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }
    }

    /// <summary>
    /// Reads <c>graphorder/session-set/1</c>; <see cref="SessionSetReader"/> does the work.
    /// </summary>
    /// <param name="utf8">The document.</param>
    /// <param name="sourceName">What messages call it.</param>
    /// <param name="cancellation">Checked for each buffer.</param>
    /// <exception cref="MalformedDocumentException">It is not such a document.</exception>
    public static SessionSet Read(
        Stream utf8, string? sourceName = null, CancellationToken cancellation = default) =>
        SessionSetReader.Read(utf8, sourceName, null, cancellation);
}
