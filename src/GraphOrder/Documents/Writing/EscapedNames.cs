using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GraphOrder;

/// <summary>
/// Names as they stand between quotes in JSON, escaped as <see cref="RowWriter"/> escapes. Names without
/// anything to escape, and mostly that is all of them, are the table's own bytes; others are escaped once.
/// Not thread-safe.
/// </summary>
internal sealed class EscapedNames
{
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    private readonly NameTable _names;
    private readonly byte[]?[]? _escaped;

    public EscapedNames(NameTable names)
    {
        _names = names;
        _escaped = IsPlain(names.AllUtf8) ? null : new byte[]?[names.Count];
    }

    /// <summary>The bytes of a name.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            ReadOnlySpan<byte> name = _names.Utf8(index);
            return _escaped is null || IsPlain(name) ? name : _escaped[index] ??= Escape(name);
        }
    }

    /// <summary>Whether all of it is printable ASCII that no JSON escapes.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> utf8) => utf8.IndexOfAnyExcept(Plain) < 0;

    private static byte[] Escape(ReadOnlySpan<byte> name) =>
        JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.ToArray();
}
