using System.Text;

namespace GraphOrder.Tests.Documents;

/// <summary>A document in which a pilcrow marks the place that a message must name.</summary>
internal sealed class MarkedText
{
    private const string Mark = "\u00B6";

    public MarkedText(string marked)
    {
        string[] parts = marked.Split(Mark);
        Bytes = Encoding.UTF8.GetBytes(string.Concat(parts));
        string before = parts[0];
        int lineStart = before.LastIndexOf('\n') + 1;
        Place = new SourceLocation(before.Count(c => c == '\n') + 1,
            Encoding.UTF8.GetByteCount(before[lineStart..]) + 1);
        Assert.That(parts, Has.Length.EqualTo(2), $"one mark in: {marked}");
    }

    /// <summary>The document without the mark.</summary>
    public byte[] Bytes { get; }

    /// <summary>Where the mark stood.</summary>
    public SourceLocation Place { get; }
}
