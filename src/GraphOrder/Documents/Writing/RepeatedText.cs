using System.Text;

namespace GraphOrder;

/// <summary>
/// A text that entry after entry of a document repeats: it is made once as long as it stays the same. Not
/// thread-safe.
/// </summary>
internal sealed class RepeatedText
{
    private byte[] _utf8 = [];
    private string? _text;

    /// <summary>The text of these bytes.</summary>
    public string Of(ReadOnlySpan<byte> utf8)
    {
        if (_text is null || !utf8.SequenceEqual(_utf8))
        {
            _utf8 = utf8.ToArray();
            _text = Encoding.UTF8.GetString(utf8);
        }

        return _text;
    }
}
