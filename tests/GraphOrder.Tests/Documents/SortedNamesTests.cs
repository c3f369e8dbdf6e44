using System.Security.Cryptography;
using System.Text;

namespace GraphOrder.Tests.Documents;

[TestFixture]
public sealed class SortedNamesTests
{
    [Test]
    public void Names_sort_by_UTF16_code_units_and_repeats_go()
    {
        string[] alphabet = ["a", "b", "\u007f", "\u00e9", "\u20ac", "\ud7ff", "\ue000", "\ufb33", "\uffff", "😀"];
        Random random = new(20_261_129);
        for (int round = 0; round < 500; round++)
        {
            DependencyGraphBuilder builder = new();
            builder.AddSession("s", out SessionId session);
            builder.AddFile(session, "owner", ObjectKind.File, out ObjectId owner);
            Dictionary<string, ObjectId> ids = [];
            List<string> needs = [];
            for (int i = random.Next(1, 40); i > 0; i--)
            {
                string name = "x" + string.Concat(
                    Enumerable.Range(0, random.Next(4)).Select(_ => alphabet[random.Next(alphabet.Length)]));
                if (!ids.TryGetValue(name, out ObjectId id))
                {
                    builder.AddFile(session, name, ObjectKind.File, out id);
                    ids.Add(name, id);
                }

                needs.Add(name);
                builder.AddNeed(owner, id);
            }

            Expect(builder.BuildSet(), owner, needs, $"round {round}");
        }
    }

    private static void Expect(SessionSet set, ObjectId owner, List<string> needs, string which)
    {
        using CanonicalJson json = new();
        json.BeginObject();
        new SortedNames(set, set.Needs, EmptyLists.Needs).Write(json, "needs", owner);
        json.EndObject();
        byte[] found = new byte[Digest.ByteCount];
        json.Finish(found);
        string[] sorted = [.. needs.Distinct().Order(StringComparer.Ordinal).Select(name => $"\"{name}\"")];
        string expected = $$"""{"needs":[{{string.Join(',', sorted)}}]}""";

        Assert.That(found, Is.EqualTo(SHA256.HashData(Encoding.UTF8.GetBytes(expected))), which);
    }
}
