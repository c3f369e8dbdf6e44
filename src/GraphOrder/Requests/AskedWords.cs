namespace GraphOrder;

/// <summary>A request without the value of its <c>id</c>, which changes no answer.</summary>
internal readonly ref struct AskedWords
{
    private readonly ReadOnlySpan<byte> _front;
    private readonly ReadOnlySpan<byte> _behind;

    public AskedWords(ReadOnlySpan<byte> request, RequestMembers members)
    {
        _front = request[..members.IdStart];
        _behind = request[(members.IdStart + members[RequestMember.Id].Length)..];
    }

    public int Length => _front.Length + _behind.Length;

    public bool AreThoseOf(ReadOnlySpan<byte> words) =>
        words.Length == Length
        && words[.._front.Length].SequenceEqual(_front)
        && words[_front.Length..].SequenceEqual(_behind);

    public byte[] ToArray() => [.. _front, .. _behind];
}
