namespace GraphOrder;

/// <summary>
/// Answers about a graph, kept until it is another: who asks again in the same words gets the same bytes.
/// Not thread-safe.
/// </summary>
/// <param name="bytesMax">How many bytes are kept at most, requests and answers.</param>
internal sealed class KeptAnswers(int bytesMax)
{
    private readonly List<KeptAnswer> _answers = [];
    private long _bytes;

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _answers.Clear();
        _bytes = 0;
    }

    /// <summary>The answer to a request; null where there is none. O(answers + length).</summary>
    public KeptAnswer? Find(in AskedWords words)
    {
        foreach (KeptAnswer kept in _answers)
        {
            if (words.AreThoseOf(kept.Words))
            {
                return kept;
            }
        }

        return null;
    }

    /// <summary>Keeps an answer where there is room for it.</summary>
    public void Add(in AskedWords words, RequestStatus status, ReadOnlySpan<byte> document)
    {
        long bytes = (long)words.Length + document.Length;
        if (_bytes + bytes <= bytesMax && Find(words) is null)
        {
            _answers.Add(new KeptAnswer(words.ToArray(), status, document.ToArray()));
            _bytes += bytes;
        }
    }
}

/// <summary>An answer that is kept.</summary>
/// <param name="Words">The request without its <c>id</c>.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Document">The answer.</param>
internal sealed record KeptAnswer(byte[] Words, RequestStatus Status, byte[] Document);
