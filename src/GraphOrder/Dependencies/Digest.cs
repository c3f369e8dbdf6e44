using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>A SHA-256 value: 32 bytes, equal when they are. Immutable.</summary>
public sealed class Digest : IEquatable<Digest>
{
    /// <summary>What its text begins with.</summary>
    public const string Prefix = "sha256:";

    /// <summary>Length in bytes.</summary>
    public const int ByteCount = 32;

    private readonly ImmutableArray<byte> _bytes;

    /// <summary>Takes 32 bytes.</summary>
    /// <exception cref="ArgumentException">Another length.</exception>
    public Digest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != ByteCount)
        {
            throw new ArgumentException($"A SHA-256 value has {ByteCount} bytes.", nameof(bytes));
        }

        _bytes = [.. bytes];
    }

    /// <summary>Reads <c>sha256:</c> and 64 hexadecimal digits.</summary>
    public static bool TryParse(string text, out Digest? digest)
    {
        ArgumentNullException.ThrowIfNull(text);
        Span<byte> bytes = stackalloc byte[ByteCount];
        digest = text.StartsWith(Prefix, StringComparison.Ordinal)
            && text.Length == Prefix.Length + 2 * ByteCount
            && Convert.FromHexString(text.AsSpan(Prefix.Length), bytes, out _, out _)
                == System.Buffers.OperationStatus.Done
            ? new Digest(bytes)
            : null;
        return digest is not null;
    }

    /// <inheritdoc/>
    public bool Equals(Digest? other) =>
        other is not null && _bytes.AsSpan().SequenceEqual(other._bytes.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Digest);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_bytes.AsSpan());

    /// <summary><c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Prefix + Convert.ToHexStringLower(_bytes.AsSpan());
}
