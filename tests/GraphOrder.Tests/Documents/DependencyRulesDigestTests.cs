using System.Security.Cryptography;
using System.Text;

namespace GraphOrder.Tests.Documents;

[TestFixture]
public sealed class DependencyRulesDigestTests
{
    [Test]
    public void It_is_the_hash_of_the_canonical_rows()
    {
        string json = "[" + string.Join(',', DependencyRules.Rows.Select(Canonical)) + "]";

        Assert.That(
            DependencyRules.Digest, Is.EqualTo(new Digest(SHA256.HashData(Encoding.ASCII.GetBytes(json)))));
    }

    private static string Canonical(DependencyRule row)
    {
        string presence = row.Presence is { } phase ? $"\"presence\":\"{phase.Name()}\"," : "";
        string orders = List(Phases.All.ToArray().Where(each => row.Orders.Contains(each))
            .Select(each => each.Name()));
        return $"{{\"dependents\":{List(row.Dependents.Select(kind => kind.Name))},"
            + $"\"on\":{List(row.On.Select(kind => kind.Name))},\"orders\":{orders},{presence}"
            + $"\"pulled\":{(row.IsPulled ? "true" : "false")}}}";
    }

    private static string List(IEnumerable<string> names) =>
        "[" + string.Join(',', names.Order(StringComparer.Ordinal).Select(name => $"\"{name}\"")) + "]";
}
