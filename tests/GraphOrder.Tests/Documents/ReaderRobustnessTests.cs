using System.Text;

namespace GraphOrder.Tests.Documents;

[TestFixture]
public sealed class ReaderRobustnessTests
{
    private const int Seed = 20_261_123;
    private const int MutationCount = 2_000;

    [TestCaseSource(nameof(SetSamples))]
    public void Every_truncation_of_a_set_is_one_syntax_error_at_its_end(string sample)
    {
        byte[] whole = File.ReadAllBytes(RepositoryFiles.In("tests", "samples", sample));
        int last = whole.AsSpan().LastIndexOf((byte)'}');
        for (int length = 0; length <= last; length++)
        {
            byte[] cut = whole[..length];

            MalformedDocumentException? refused = RefusalOf(cut);

            Assert.That(refused, Is.Not.Null, $"cut to {length} bytes");
            Assert.That(refused!.Diagnostics, Has.Length.EqualTo(1), $"cut to {length} bytes");
            Assert.That(
                refused.Diagnostics[0].Code,
                Is.EqualTo(length == 0 ? DiagnosticCode.EmptyDocument : DiagnosticCode.SyntaxError),
                $"cut to {length} bytes");
            Assert.That(
                DiagnosticSentences.Message(refused.Diagnostics[0]),
                Does.Contain("ran to its end").Or.Contain("cannot stand here"),
                $"cut to {length} bytes");
            Assert.That(
                refused.Line, Is.LessThanOrEqualTo(cut.Count(b => b == '\n') + 1), $"cut to {length} bytes");
        }
    }

    [TestCaseSource(nameof(SetSamples))]
    public void Bytes_changed_at_random_give_a_set_or_a_clear_refusal(string sample)
    {
        byte[] whole = File.ReadAllBytes(RepositoryFiles.In("tests", "samples", sample));
        Random random = new(Seed);
        int refusedCount = 0;
        for (int i = 0; i < MutationCount; i++)
        {
            byte[] mutated = Mutate(whole, random);
            try
            {
                SessionSet set = SessionSet.Read(new MemoryStream(mutated));
                Assert.That(Again(set).Digest, Is.EqualTo(set.Digest), $"seed {Seed}, mutation {i}");
            }
            catch (MalformedDocumentException refused)
            {
                refusedCount++;
                ExpectClear(refused, $"seed {Seed}, mutation {i}");
            }
        }

        Assert.That(refusedCount, Is.InRange(MutationCount / 4, MutationCount - 1));
    }

    [TestCaseSource(nameof(SetSamples))]
    public void How_a_stream_is_cut_changes_nothing(string sample)
    {
        byte[] whole = File.ReadAllBytes(RepositoryFiles.In("tests", "samples", sample));
        SessionSet expected = SessionSet.Read(new MemoryStream(whole));
        foreach (int bytesAtATime in new[] { 1, 2, 3, 7, 61, 4096 })
        {
            SessionSet set = SessionSet.Read(new TrickleStream(whole, bytesAtATime));

            Assert.That(set.Digest, Is.EqualTo(expected.Digest), $"{bytesAtATime} bytes at a time");
            Assert.That(
                set.Objects.Select(each => each.Location),
                Is.EqualTo(expected.Objects.Select(each => each.Location)),
                $"{bytesAtATime} bytes at a time");
        }
    }

    [Test]
    public void Mutated_documents_are_refused_in_the_same_words_however_the_stream_is_cut()
    {
        byte[] whole = File.ReadAllBytes(RepositoryFiles.In("tests", "samples", "every-member.json"));
        Random random = new(Seed + 1);
        for (int i = 0; i < 200; i++)
        {
            byte[] mutated = Mutate(whole, random);

            string? atOnce = Words(RefusalOf(mutated));
            string? inPieces = Words(RefusalOf(mutated, bytesAtATime: 1));

            Assert.That(inPieces, Is.EqualTo(atOnce), $"seed {Seed + 1}, mutation {i}");
        }
    }

    [Test]
    public void Lines_and_columns_stay_exact_over_many_buffers()
    {
        StringBuilder text = new(
            "{ \"schema\": \"graphorder/session-set/1\", \"sessions\": [], \"objects\": [\n");
        for (int i = 0; i < 10_000; i++)
        {
            text.Append("  { \"id\": \"ö").Append(i).Append("\",\r\n    \"kind\": \"flb\" },\n");
        }

        text.Append("{ \"id\": \"é\", \"kind\": \u00B6\"flv\" } ] }");
        MarkedText marked = new(text.ToString());

        MalformedDocumentException refused = RefusalOf(marked.Bytes)!;

        Assert.That(refused.Diagnostics.Single().Location, Is.EqualTo(marked.Place));
        Assert.That(marked.Place, Is.EqualTo(new SourceLocation(20_002, 23)));
    }

    [Test]
    public void Members_of_ones_own_take_no_memory_however_long_they_are()
    {
        const int entryCount = 2_000_000;
        using RepeatingStream stream = new(
            "{ \"schema\": \"graphorder/session-set/1\", \"x-log\": [ 0"u8.ToArray(),
            ", { \"x\": [ \"0123456789\" ] }"u8.ToArray(),
            entryCount,
            " ], \"sessions\": [], \"objects\": [] }"u8.ToArray());
        long before = GC.GetAllocatedBytesForCurrentThread();

        SessionSet set = SessionSet.Read(stream);

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(set.Objects.IsEmpty, Is.True);
        Assert.That(stream.TotalBytes, Is.GreaterThan(50_000_000));
        Assert.That(allocated, Is.LessThan(1_000_000));
    }

    private static IEnumerable<string> SetSamples() =>
        RepositoryFiles.Samples(SessionSetReader.Schema).Where(path => new FileInfo(path).Length < 20_000)
            .Select(path => Path.GetFileName(path)!);

    private static SessionSet Again(SessionSet set)
    {
        using MemoryStream stream = new();
        SessionSetWriter.Write(stream, set);
        stream.Position = 0;
        return SessionSet.Read(stream);
    }

    private static MalformedDocumentException? RefusalOf(byte[] bytes, int bytesAtATime = int.MaxValue)
    {
        try
        {
            using TrickleStream stream = new(bytes, bytesAtATime);
            _ = SessionSet.Read(stream);
            return null;
        }
        catch (MalformedDocumentException refused)
        {
            return refused;
        }
    }

    private static string? Words(MalformedDocumentException? refused) => refused is null ? null : string.Join(
        '\n', refused.Diagnostics.Select(
            d => $"{d.Location} {d.Code.Text()} {DiagnosticSentences.Message(d)}"));

    private static void ExpectClear(MalformedDocumentException refused, string which)
    {
        foreach (Diagnostic problem in refused.Diagnostics)
        {
            Assert.That(problem.Location.IsKnown, Is.True, which);
            Assert.That(DiagnosticSentences.Sentence(problem), Is.Not.Empty, which);
            Assert.That((int)problem.Code, Is.InRange(1001, 1099), which);
        }
    }

    // Changes, drops, doubles or swaps a few bytes.
    private static byte[] Mutate(byte[] whole, Random random)
    {
        List<byte> bytes = [.. whole];
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            int at = random.Next(bytes.Count);
            int other = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveAt(at); break;
                case 2: bytes.Insert(at, bytes[other]); break;
                case 3: (bytes[at], bytes[other]) = (bytes[other], bytes[at]); break;
                default: bytes[at] = (byte)"0aZ\"{}[],:-. \\\n"[random.Next(15)]; break;
            }
        }

        return [.. bytes];
    }
}
