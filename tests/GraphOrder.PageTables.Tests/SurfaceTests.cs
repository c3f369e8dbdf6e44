using System.Reflection;

namespace GraphOrder.PageTables.Tests;

[TestFixture]
public sealed class SurfaceTests
{
    [Test]
    public void A_public_type_is_sealed_or_static_and_a_public_struct_is_readonly()
    {
        foreach (Type type in typeof(PageTableWalker).Assembly.GetExportedTypes())
        {
            bool isAbstraction = type.IsInterface || type == typeof(PageTableFormat);
            Assert.That(isAbstraction || type.IsSealed, Is.True, type.Name);

            // Memory remembers where it found something last.
            bool mayChange = !type.IsValueType || type.IsEnum
                || typeof(IPhysicalMemory).IsAssignableFrom(type);
            IEnumerable<string> attributes = type.CustomAttributes.Select(found => found.AttributeType.Name);
            Assert.That(mayChange || attributes.Contains("IsReadOnlyAttribute"), Is.True, type.Name);
        }
    }

    [Test]
    public void A_format_has_no_fields()
    {
        foreach (Type type in typeof(PageTableWalker).Assembly.GetTypes())
        {
            if (type.IsValueType && typeof(IPageTableFormat).IsAssignableFrom(type))
            {
                const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
                Assert.That(type.GetFields(All), Is.Empty);
            }
        }
    }
}
