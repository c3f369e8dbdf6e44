using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GraphOrder.LiveUpdate.Tests;

/// <summary>A hand-over of a running Linux 7.3.4 becomes the set that was preserved, byte by byte.</summary>
[TestFixture]
public sealed partial class HandOverImportTests
{
    [Test]
    public void The_fixture_is_exactly_its_plan()
    {
        SessionSet set = Sound(HandOverImage.Import(HandOverImage.Fixture()), out string document);

        Assert.That(
            set.Sessions.Select(session => session.Name.Text),
            Is.EqualTo(new[] { "vm-alpha", "vm-beta", "state", "empty" }));
        Assert.That(set.Sessions.All(session => session.Created), Is.True);
        Dictionary<string, List<string>> preserved = [];
        foreach (Planned planned in Plan())
        {
            ObjectId id = Find(set, planned.Id);
            PreservedObject found = set.Objects[id.Index];
            Assert.That(found.Kind, Is.EqualTo(ObjectKind.Memfd));
            Assert.That(found.DeclaredToken, Is.EqualTo(planned.Token));
            Assert.That(found.Facts.Bytes, Is.EqualTo(planned.Bytes));
            Assert.That((uint)found.Facts.Seals!.Value, Is.EqualTo(planned.Seals));
            Assert.That(document, Does.Contain($"\"id\":\"{planned.Id}\"").And.Contains($"\"x-position\":{planned.Position}"));
            preserved.TryAdd(planned.Session, []);
            preserved[planned.Session].Add(planned.Id);
        }

        foreach (SessionEntry session in set.Sessions)
        {
            Assert.That(
                session.Preserved.Select(id => set.NameOf(id)),
                Is.EqualTo(preserved.GetValueOrDefault(session.Name.Text) ?? []));
        }
    }

    [Test]
    public void Every_byte_of_every_memfd_is_where_the_extents_say()
    {
        HandOverImage image = new(HandOverImage.Fixture());
        SessionSet set = Sound(image.Import(), out _);
        long compared = 0;
        foreach (Planned planned in Plan())
        {
            ObjectFacts facts = set.Objects[Find(set, planned.Id).Index].Facts;
            long covered = 0;
            foreach (FileExtent extent in facts.Extents)
            {
                Assert.That((long)extent.Offset, Is.EqualTo(covered), planned.Id);
                for (long i = covered; i < Math.Min(covered + extent.Bytes, planned.Bytes); i++)
                {
                    byte found = image.At(extent.Physical + (ulong)(i - covered), 1)[0];
                    byte expected = unchecked((byte)(planned.Pattern + (7 * i) + (13 * (i >> 12))));
                    if (found != expected)
                    {
                        Assert.Fail($"{planned.Id}: byte {i} is {found}, not {expected}");
                    }

                    compared++;
                }

                covered += extent.Bytes;
            }

            Assert.That(covered, Is.EqualTo((planned.Bytes + 4095) / 4096 * 4096), planned.Id);
        }

        Assert.That(compared, Is.EqualTo(Plan().Sum(planned => planned.Bytes)).And.EqualTo(1_074_056));
    }

    [Test]
    public void What_it_says_besides_is_kept()
    {
        byte[] metadata = new byte[HandOverImage.PageBytes];
        metadata[0] = 1;
        "7.3.4-luo"u8.CopyTo(metadata.AsSpan(4));
        metadata[69] = 2;
        byte[] bytes = HandOverImage.WithPage(HandOverImage.Fixture(), 0x854000, metadata);
        SessionSet set = Sound(HandOverImage.Import(bytes), out string document);

        Assert.That(document, Does.Contain("\"x-previousRelease\": \"7.3.4-luo\""));
        Assert.That(document, Does.Contain("\"x-kexecCount\": 2").And.Not.Contains("x-notSeen"));
        Assert.That(document, Does.Contain("\"x-liveUpdateNumber\": \"0x1\""));
        Assert.That(set.Platform!.Preserved!.Value.Sum(range => range.Bytes), Is.EqualTo(1_175_552));
        ObjectId flb = Find(set, "flb/liveupdate-test-flb-v2");
        Assert.That(set.Needs.Count(need => need.Id == flb), Is.EqualTo(6));
        Assert.That(document, Does.Contain("0xfeedf00dcafebee2"));
    }

    [Test]
    public void Both_kernels_take_it_and_no_plan_begins_anew()
    {
        SessionSet set = Sound(HandOverImage.Import(HandOverImage.Fixture()), out _);
        PlanAnswer answer = PlanRequest.Answer(set, KernelPair.Linux73, new PlanOptions());

        Assert.That(answer.IsAccepted, Is.True, string.Join("\n", answer.Result.Diagnostics.Select(
            DiagnosticSentences.Message)));
    }

    [Test]
    public void It_is_written_as_it_always_was()
    {
        string golden = Repository.In(
            "tests", "GraphOrder.LiveUpdate.Tests", "Golden", "Importing", "luo-handover.json");
        Sound(HandOverImage.Import(HandOverImage.Fixture()), out string document);
        Golden.Compare(golden, document);
    }

    internal static SessionSet Sound(ImportResult result, out string document)
    {
        document = Encoding.UTF8.GetString(result.Document.Span);
        Assert.That(
            result.TryGetSet(out SessionSet? set),
            Is.True,
            string.Join("\n", result.Diagnostics.Select(DiagnosticSentences.Message)));
        Assert.That(result.Diagnostics.Where(found => found.IsError), Is.Empty);
        return set!;
    }

    private static ObjectId Find(SessionSet set, string id)
    {
        int index = Enumerable.Range(0, set.Objects.Length).Single(i => set.NameOf(new ObjectId(i)) == id);
        return new ObjectId(index);
    }

    private static List<Planned> Plan() =>
    [
        .. File.ReadAllLines(Repository.In("tests", "fixtures", "luo-handover", "plan.txt"))
            .Select(line => PlanLine().Match(line)).Where(match => match.Success).Select(match => new Planned(
                match.Groups[1].Value,
                ulong.Parse(match.Groups[2].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                long.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture),
                int.Parse(match.Groups[4].Value, CultureInfo.InvariantCulture),
                long.Parse(match.Groups[5].Value, CultureInfo.InvariantCulture),
                uint.Parse(match.Groups[6].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture))),
    ];

    [GeneratedRegex("session=(\\S+) token=0x(\\S+) size=(\\d+) pattern=(\\d+) pos=(\\d+) seals=0x(\\S+) r=0")]
    private static partial Regex PlanLine();

    private sealed record Planned(
        string Session, ulong Token, long Bytes, int Pattern, long Position, uint Seals)
    {
        public string Id => $"{Session}/0x{Token:x}";
    }
}
