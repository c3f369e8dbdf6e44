using System.Diagnostics;
using System.Text;

namespace GraphOrder.LiveUpdate.Tests;

/// <summary>
/// Corrupted hand-overs: each ends in an error that says where, or in the set that the words now say. Seeded:
/// the same variants in every run.
/// </summary>
[TestFixture]
public sealed class HostileHandOverTests
{
    private const int Variants = 10_000;

    [Test]
    public void A_corrupted_hand_over_is_refused_or_says_what_its_words_say()
    {
        byte[] fixture = HandOverImage.Fixture();
        string sound = NaiveHandOver.Of(HandOverImage.Import(fixture));
        Assert.That(NaiveHandOver.Read(fixture), Is.EqualTo(sound));
        ulong[] records = Records(new HandOverImage(fixture));
        Dictionary<string, int> seen = [];
        for (int seed = 0; seed < Variants; seed++)
        {
            byte[] bytes = Corrupt(fixture, records, new Random(seed), out string how);
            Stopwatch watch = Stopwatch.StartNew();
            ImportResult result = HandOverImage.Import(bytes);
            Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)), how);
            string outcome = Judge(result, bytes, sound, $"{seed}: {how}");
            seen[outcome] = seen.GetValueOrDefault(outcome) + 1;
        }

        string counts = string.Join(", ", seen.OrderBy(entry => entry.Key).Select(entry => $"{entry.Key} {entry.Value}"));
        TestContext.Out.WriteLine(counts);
        Assert.That(seen.Values.Sum(), Is.EqualTo(Variants));
        Assert.That(seen.Keys, Is.SupersetOf(new[] { "GO7002", "GO7003", "GO7004", "GO7005", "GO7006", "same", "changed" }), counts);
    }

    private static string Judge(ImportResult result, byte[] bytes, string sound, string how)
    {
        if (!result.TryGetSet(out _))
        {
            Diagnostic error = result.Diagnostics.Single();
            string message = DiagnosticSentences.Message(error);
            Assert.That(error.IsError, Is.True, how);
            Assert.That(message, Does.EndWith("."), how);
            bool hasPlace = error.Fact("physical").StartsWith("0x", StringComparison.Ordinal);
            Assert.That(hasPlace || (int)error.Code < 7000, Is.True, $"{how}: {message}");
            return error.Code.Text();
        }

        string told = NaiveHandOver.Of(result);
        Assert.That(told, Is.EqualTo(NaiveHandOver.Read(bytes)), how);
        return told == sound ? "same" : "changed";
    }

    // Pages of records, without the memory of the files: no word of that means anything.
    private static ulong[] Records(HandOverImage image)
    {
        SessionSet set = HandOverImportTests.Sound(image.Import(), out _);
        HashSet<ulong> memory = [];
        foreach (PreservedObject found in set.Objects)
        {
            foreach (FileExtent extent in found.Facts.Extents)
            {
                for (long at = 0; at < extent.Bytes; at += 4096)
                {
                    memory.Add(extent.Physical + (ulong)at);
                }
            }
        }

        ulong[] records = [.. image.Pages.Where(page => !memory.Contains(page)).Order()];
        Assert.That(records, Has.Length.EqualTo(292 - 263));
        return records;
    }

    private static byte[] Corrupt(byte[] fixture, ulong[] records, Random random, out string how)
    {
        HandOverImage image = new([.. fixture]);
        int count = random.Next(1, 4);
        StringBuilder told = new();
        for (int i = 0; i < count; i++)
        {
            ulong page = records[random.Next(records.Length)];
            ulong place = page + ((ulong)random.Next(0, 40) * 8);
            place = random.Next(4) == 0 ? page + ((ulong)random.Next(512) * 8) : place;
            switch (random.Next(7))
            {
                case 0 or 1:
                    image.Put(place, image.Word(place) ^ (1UL << random.Next(64)));
                    told.Append($"bit at 0x{place:x}; ");
                    break;
                case 2:
                    image.Put(place, (ulong)random.NextInt64());
                    told.Append($"random word at 0x{place:x}; ");
                    break;
                case 3:
                    image.Put(place, (ulong)random.Next(0, 70));
                    told.Append($"small word at 0x{place:x}; ");
                    break;
                case 4:
                    image.Put(place, records[random.Next(records.Length)]);
                    told.Append($"pointer at 0x{place:x}; ");
                    break;
                case 5:
                    ulong other = records[random.Next(records.Length)];
                    byte[] kept = [.. image.At(page, 4096)];
                    image.At(other, 4096).CopyTo(image.At(page, 4096));
                    kept.CopyTo(image.At(other, 4096));
                    told.Append($"pages 0x{page:x} and 0x{other:x} swapped; ");
                    break;
                default:
                    Redirect(image, records, random, told);
                    break;
            }
        }

        how = told.ToString();
        if (random.Next(25) != 0)
        {
            return image.Bytes;
        }

        how += "cut short";
        return image.Bytes[..random.Next(HandOverImage.HeaderBytes, image.Bytes.Length)];
    }

    // Every word that is the address of a record is made to point at another one, so that loops close.
    private static void Redirect(HandOverImage image, ulong[] records, Random random, StringBuilder told)
    {
        List<ulong> pointers = [];
        foreach (ulong page in records)
        {
            for (ulong at = page; at < page + 4096; at += 8)
            {
                if (Array.BinarySearch(records, image.Word(at)) >= 0)
                {
                    pointers.Add(at);
                }
            }
        }

        if (pointers.Count > 0)
        {
            ulong pointer = pointers[random.Next(pointers.Count)];
            image.Put(pointer, records[random.Next(records.Length)]);
            told.Append($"pointer 0x{pointer:x} redirected; ");
        }
    }

    // What Linux 7.3.4 takes without a word, as seen by fault injection: each is an error here.
    [TestCase("folio without memory", 0x954000UL, true, 0UL)]
    [TestCase("one folio fewer", 0x955000UL + 24, false, 2UL)]
    [TestCase("a larger size", 0x955000UL + 8, false, 12288UL + 4096)]
    [TestCase("a flag", 0x955000UL + 16, false, 1UL << 32)]
    [TestCase("a vmalloc flag", 0x955000UL + 40, false, 0x0000_0008_0000_0001UL)]
    public void What_the_kernel_takes_silently_is_an_error(string what, ulong place, bool isTable, ulong word)
    {
        HandOverImage image = new(HandOverImage.Fixture());
        image.Put(isTable ? image.Word(place + 8) : place, word);

        ImportResult result = image.Import();

        Assert.That(result.TryGetSet(out _), Is.False, what);
        Assert.That(result.Diagnostics.Single().Code, Is.EqualTo(DiagnosticCode.HandOverContradicts), what);
    }

    [Test]
    public void A_chain_that_returns_ends_with_its_block()
    {
        HandOverImage image = new(HandOverImage.Fixture());
        image.Put(0x951000, 0x951000);

        Diagnostic error = image.Import().Diagnostics.Single();

        Assert.That(error.Code, Is.EqualTo(DiagnosticCode.HandOverPageUsedTwice));
        Assert.That(DiagnosticSentences.Sentence(error), Is.EqualTo(
            "A block of files of session 'vm-alpha' at 0x951000 lies where a block of files of session 'vm-alpha' is."));
    }

    [TestCase(0UL)]
    [TestCase(64UL)]
    [TestCase(ulong.MaxValue)]
    public void A_count_that_no_block_can_have_is_an_error(ulong count)
    {
        HandOverImage image = new(HandOverImage.Fixture());
        image.Put(0x951000 + 8, count);

        Diagnostic error = image.Import().Diagnostics.Single();

        Assert.That(DiagnosticSentences.Sentence(error), Is.EqualTo(
            $"A block of files of session 'vm-alpha' at 0x951000: it says {count} entries, and a block has 1 to 63."));
    }

    [Test]
    public void Without_the_tree_of_preserved_memory_the_set_is_the_same_and_says_so()
    {
        HandOverImage image = new(HandOverImage.Fixture());
        image.At(0x84D000, 4096).Fill(0xA5);

        ImportResult result = image.Import();

        Assert.That(NaiveHandOver.Of(result), Is.EqualTo(NaiveHandOver.Read(HandOverImage.Fixture())));
        Assert.That(result.Diagnostics[0].Code, Is.EqualTo(DiagnosticCode.PreservedMapUnread));
        Assert.That(Encoding.UTF8.GetString(result.Document.Span), Does.Contain("x-notSeen").And.Not.Contains("platform"));
    }
}
