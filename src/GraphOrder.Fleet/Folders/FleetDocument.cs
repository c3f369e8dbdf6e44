using System.Text.Json;
using System.Text.Json.Serialization;
using GraphOrder.Cli;

namespace GraphOrder.Fleet;

/// <summary>What a folder of hosts does not say by itself (<c>graphorder/fleet/1</c>). Immutable.</summary>
internal sealed record FleetDocument
{
    /// <summary>What it is called in its folder.</summary>
    public const string FileName = "fleet.json";

    private const string SchemaName = "graphorder/fleet/1";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    /// <summary>Which document it is.</summary>
    [JsonRequired]
    public string Schema { get; init; } = SchemaName;

    /// <summary>The failure domains of hosts that do not stand in the one that their folder names.</summary>
    public IReadOnlyDictionary<string, string> Domains { get; init; } = new Dictionary<string, string>();

    /// <summary>For each host, those that have to be updated before it.</summary>
    public IReadOnlyDictionary<string, string[]> Needs { get; init; } = new Dictionary<string, string[]>();

    /// <summary>Reads it; a folder without one says nothing more.</summary>
    /// <exception cref="ToolException">It is malformed.</exception>
    public static FleetDocument Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return new FleetDocument();
        }

        try
        {
            FleetDocument read = JsonSerializer.Deserialize<FleetDocument>(File.ReadAllBytes(path), Options)
                ?? throw new JsonException(null, null, 0, 0);
            return read.Schema == SchemaName
                ? read
                : throw new ToolException(
                    ExitCodes.Malformed,
                    $"'{Printable.Of(path)}' has the schema '{Printable.Of(read.Schema)}' and not "
                    + $"'{SchemaName}'.");
        }
        catch (JsonException wrong)
        {
            // The serializer's own sentences speak of types of this program.
            throw new ToolException(
                ExitCodes.Malformed,
                $"'{Printable.Of(path)}' {wrong.LineNumber + 1}:{wrong.BytePositionInLine + 1}: this is no "
                + $"{SchemaName}. It has \"schema\", and where wanted \"needs\" (for a host, a list of "
                + "hosts) and \"domains\" (for a host, the name of a domain); no member twice.");
        }
    }

    /// <summary>Writes one.</summary>
    public void Write(Stream output) => JsonSerializer.Serialize(output, this, Options);
}
