using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace GraphOrder.Benchmarks.Documents;

/// <summary>
/// From the bytes of a document to a set, against the tokens of the same bytes alone. The checksum counts
/// the bytes that were read.
/// </summary>
[MemoryDiagnoser]
public class ReadBenchmarks
{
    private byte[] _document = [];

    /// <summary>How many sessions the document has, with two objects each.</summary>
    [Params(100, 50_000)]
    public int SessionCount { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        using MemoryStream stream = new();
        SessionSetWriter.Write(
            stream, SessionSetGenerator.Generate(
                "microvm", new GeneratorOptions { Sessions = SessionCount }));
        _document = stream.ToArray();
    }

    [Benchmark(Baseline = true)]
    public long TokensAlone()
    {
        Utf8JsonReader reader = new(_document);
        while (reader.Read())
        {
        }

        return reader.BytesConsumed;
    }

    [Benchmark]
    public long ReadSessionSet()
    {
        using MemoryStream stream = new(_document);
        _ = SessionSet.Read(stream);
        return stream.Position;
    }
}
