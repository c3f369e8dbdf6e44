using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GraphOrder.Tests.Recovery.Answers;

/// <summary>An answer as text: whether all is whole, and each member of the document on a line of its own.
/// </summary>
internal static class AnswerText
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The lines. What is empty, and the name of the schema, are left out.</summary>
    public static string Of(SessionSet set, RecoveryResult result)
    {
        JsonObject document = JsonNode.Parse(RecoverySamples.Write(set, result))!.AsObject();
        StringBuilder text = new();
        if (result.TryGetRecovery(out GraphOrder.Recovery? recovery))
        {
            text.Append($"  whole: {(recovery.IsWhole ? "yes" : "no")}\n");
        }

        foreach ((string name, JsonNode? value) in document.Where(member => member.Key != "schema"))
        {
            if (value is not JsonArray { Count: 0 })
            {
                text.Append($"  {name}: {value!.ToJsonString(Plain)}\n");
            }
        }

        return text.ToString();
    }
}
