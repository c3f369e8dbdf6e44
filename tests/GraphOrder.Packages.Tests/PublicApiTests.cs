using System.Reflection;
using System.Text;
using GraphOrder.Extensions;
using GraphOrder.Interop;
using GraphOrder.LiveUpdate;
using GraphOrder.Mappings;
using GraphOrder.Orleans;
using GraphOrder.PageTables;
using GraphOrder.Reports;
using GraphOrder.Tests.Documents;
using PublicApiGenerator;

namespace GraphOrder.Packages.Tests;

/// <summary>
/// What a package lets others see is what somebody approved: one text file for each, rewritten by
/// <c>GRAPHORDER_GOLDEN=write</c> and read as a change of the contract.
/// </summary>
[TestFixture]
public sealed class PublicApiTests
{
    private static readonly Assembly[] Packages =
    [
        typeof(SessionSet).Assembly,
        typeof(GraphOrderOptions).Assembly,
        typeof(QuikDependencyGraph).Assembly,
        typeof(LinuxCalls).Assembly,
        typeof(PageTableSource).Assembly,
        typeof(PageTableWalker).Assembly,
        typeof(TextReport).Assembly,
        typeof(IHostGrain).Assembly,
    ];

    [Test]
    public void The_public_surface_is_the_approved_one([ValueSource(nameof(Packages))] Assembly package)
    {
        string path = RepositoryFiles.In(
            "tests", "GraphOrder.Packages.Tests", "Approved", package.GetName().Name + ".txt");
        ApiGeneratorOptions options = new()
        {
            IncludeAssemblyAttributes = false,
            // What Orleans' generator writes is public for Orleans alone.
            DenyNamespacePrefixes = ["OrleansCodeGen"],
        };
        string surface = package.GeneratePublicApi(options).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("GRAPHORDER_GOLDEN") == "write")
        {
            File.WriteAllText(path, surface, new UTF8Encoding(false));
        }

        Assert.That(File.Exists(path), Is.True, $"nobody approved {package.GetName().Name}");
        Assert.That(surface, Is.EqualTo(File.ReadAllText(path)));
    }
}
