namespace GraphOrder.PageTables.Tests;

/// <summary>The folder of the images that tests write; it goes when the run ends.</summary>
[SetUpFixture]
public sealed class WrittenImages
{
    public static string Folder { get; private set; } = "";

    [OneTimeSetUp]
    public void Make() => Folder = Directory.CreateTempSubdirectory("graph-order-images-").FullName;

    [OneTimeTearDown]
    public void Delete() => Directory.Delete(Folder, recursive: true);
}
