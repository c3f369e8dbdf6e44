using System.Security.Cryptography;

namespace GraphOrder.Tests.Documents;

[TestFixture]
public sealed class Sha256Tests
{
    [Test]
    public void Every_length_up_to_five_blocks_gives_what_the_system_gives()
    {
        Random random = new(20_261_126);
        Sha256 hash = new();
        byte[] digest = new byte[Digest.ByteCount];
        for (int length = 0; length <= 320; length++)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);

            hash.Append(bytes);
            hash.Finish(digest);

            Assert.That(digest, Is.EqualTo(SHA256.HashData(bytes)), $"{length} bytes");
        }
    }

    [Test]
    public void How_the_bytes_are_cut_changes_nothing()
    {
        Random random = new(20_261_127);
        byte[] bytes = new byte[100_000];
        random.NextBytes(bytes);
        byte[] expected = SHA256.HashData(bytes);
        Sha256 hash = new();
        byte[] digest = new byte[Digest.ByteCount];
        for (int round = 0; round < 50; round++)
        {
            for (int at = 0; at < bytes.Length;)
            {
                int length = Math.Min(bytes.Length - at, random.Next(1, 300));
                hash.Append(bytes.AsSpan(at, length));
                at += length;
            }

            hash.Finish(digest);

            Assert.That(digest, Is.EqualTo(expected), $"round {round}");
        }
    }
}
