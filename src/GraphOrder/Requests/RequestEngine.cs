using System.Buffers;

namespace GraphOrder;

/// <summary>
/// One request in, one document out: what every face calls, so that the bytes are the same everywhere. A
/// request is <c>graphorder/request/1</c>; the answer is the document that the tool prints with
/// <c>--format json</c> for the same question, or <c>graphorder/error/1</c>.
/// </summary>
/// <remarks>
/// <para>It keeps one <see cref="LiveDependencyGraph"/>, the growing graph: <c>declare</c> and
/// <c>withdraw</c> change it, each as one change that enters as a whole or is refused with its cycle, and
/// questions without a <c>set</c> are about it. An answer about it is kept until it changes.</para>
/// <para>Thread-safe. Questions run side by side, those about the growing graph on a graph that was frozen
/// for them; changes enter one after another. Nothing here opens a file: page tables that a set names are
/// not walked, and the plan says so.</para>
/// </remarks>
/// <example>
/// <code>
/// RequestEngine engine = new();
/// ArrayBufferWriter&lt;byte&gt; answer = new();
/// RequestStatus status = engine.Answer("""{"request":"plan","set":{…}}"""u8.ToArray(), answer);
/// </code>
/// </example>
public sealed class RequestEngine
{
    private readonly RequestLimits _limits;
    private readonly GrowingGraph _growing;
    private readonly RequestAnswers _answers;

    /// <summary>An engine with an empty growing graph.</summary>
    /// <param name="kernels">
    /// The kernels of the growing graph, and of sets whose host names none; null for Linux 7.3.4 twice.
    /// </param>
    /// <param name="limits">What a request may cost; null for the usual limits.</param>
    public RequestEngine(KernelPair? kernels = null, RequestLimits? limits = null)
    {
        Kernels = kernels ?? KernelPair.Linux73;
        _limits = limits ?? RequestLimits.Default;
        _growing = new GrowingGraph(Kernels, _limits.KeptBytesMax) { Changed = Tell };
        _answers = new RequestAnswers(_limits, Kernels, _growing);
    }

    /// <summary>
    /// Told of each change of the growing graph, in order, with its document (<c>graphorder/change/1</c>),
    /// which nobody changes afterwards. No other change enters before all have returned: return at once.
    /// </summary>
    public event Action<ReadOnlyMemory<byte>>? Changed;

    /// <summary>The kernels of the growing graph.</summary>
    public KernelPair Kernels { get; }

    /// <summary>How many changes the growing graph has taken.</summary>
    public long Version => _growing.Version;

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request, in UTF-8; it stays as it is until this returns.</param>
    /// <param name="answer">Where the document goes.</param>
    /// <param name="cancellation">Ends it with <see cref="RequestStatus.Cancelled"/>.</param>
    /// <returns>What became of it; nothing that is wrong with a request throws.</returns>
    /// <exception cref="OutOfMemoryException">There is no memory for it; nothing has changed.</exception>
    public RequestStatus Answer(
        ReadOnlyMemory<byte> request, IBufferWriter<byte> answer, CancellationToken cancellation = default) =>
        Answer(request, answer, out _, cancellation);

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request, in UTF-8; it stays as it is until this returns.</param>
    /// <param name="answer">Where the document goes: all of it, or nothing where this throws.</param>
    /// <param name="echo">What was asked, and under which id.</param>
    /// <param name="cancellation">Ends it with <see cref="RequestStatus.Cancelled"/>.</param>
    /// <returns>What became of it; nothing that is wrong with a request throws.</returns>
    public RequestStatus Answer(
        ReadOnlyMemory<byte> request,
        IBufferWriter<byte> answer,
        out RequestEcho echo,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(answer);
        RequestMembers members = new();
        using AnswerStream document = new();
        RequestStatus status = Answer(request, members, answer, document, cancellation);
        answer.Write(document.Written);
        echo = new RequestEcho(members[RequestMember.Id], members.Form?.Name);
        return status;
    }

    /// <summary>
    /// Changes the growing graph from inside the process, as <c>declare</c> and <c>withdraw</c> do from
    /// outside.
    /// </summary>
    /// <param name="declare">
    /// Says what the change is, and does not commit it; what it throws is thrown here, and the graph stays
    /// as it was. It runs while no other change can enter.
    /// </param>
    public ChangeResult Change(Action<LiveDependencyGraph, Change> declare)
    {
        ArgumentNullException.ThrowIfNull(declare);
        using AnswerStream document = new();
        return _growing.Change(declare, document);
    }

    /// <summary>The growing graph at this moment.</summary>
    public FrozenGraph Freeze() => _growing.Freeze().Graph;

    private void Tell(ReadOnlyMemory<byte> change) => Changed?.Invoke(change);

    private RequestStatus Answer(
        ReadOnlyMemory<byte> request,
        RequestMembers members,
        IBufferWriter<byte> answer,
        AnswerStream document,
        CancellationToken cancellation)
    {
        try
        {
            DemandRoom(request.Length);
            RequestReader.Read(request, members);
            return members.Problem is { } problem ? throw new RequestException(problem)
                : RequestAnswers.IsKept(members)
                ? AnswerKept(request, members, answer, document, cancellation)
                : _answers.Write(request, members, document, out _, cancellation);
        }
        catch (RequestException wrong)
        {
            return Fail(document, RequestStatus.Wrong, wrong.Message);
        }
        catch (MalformedDocumentException malformed)
        {
            return Fail(document, malformed);
        }
        catch (OperationCanceledException)
        {
            return Fail(
                document,
                RequestStatus.Cancelled,
                "The request was cancelled before there was an answer. Ask for less, or allow more time.");
        }
        catch (Exception defect) when (defect is not OutOfMemoryException)
        {
            return Fail(
                document,
                RequestStatus.Internal,
                $"Internal error ({defect.GetType().Name}: {Printable.Of(defect.Message)}). This is a "
                + "defect: please report it with the request.");
        }
    }

    private RequestStatus AnswerKept(
        ReadOnlyMemory<byte> request,
        RequestMembers members,
        IBufferWriter<byte> answer,
        AnswerStream document,
        CancellationToken cancellation)
    {
        AskedWords words = new(request.Span, members);
        if (_growing.FindKept(words) is { } kept)
        {
            answer.Write(kept.Document);
            return kept.Status;
        }

        RequestStatus status = _answers.Write(request, members, document, out long version, cancellation);
        _growing.Keep(words, version, status, document.Written);
        return status;
    }

    private void DemandRoom(int bytes)
    {
        if (bytes > _limits.RequestBytesMax)
        {
            throw new RequestException(
                $"The request has {bytes} bytes; {_limits.RequestBytesMax} are taken. Send less, or raise "
                + "the limit.");
        }
    }

    private static RequestStatus Fail(AnswerStream document, RequestStatus status, string message)
    {
        document.Clear();
        ErrorWriter.Write(document, (int)status, message);
        return status;
    }

    private static RequestStatus Fail(AnswerStream document, MalformedDocumentException malformed)
    {
        Diagnostic first = malformed.Diagnostics[0];
        string place = malformed.SourceName + (first.Location.IsKnown ? $":{first.Location}" : "");
        document.Clear();
        ErrorWriter.Write(
            document,
            (int)RequestStatus.Malformed,
            $"{place}: error {first.Code.Text()}: {Printable.Of(DiagnosticSentences.Message(first))}",
            malformed.SourceName,
            malformed.Diagnostics);
        return RequestStatus.Malformed;
    }
}
