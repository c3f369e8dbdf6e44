using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GraphOrder.Reports;

/// <summary>
/// The sessions of a set in JSON, as the member <c>sessions</c> of a set has them: an attribute of a graph
/// that is read back, since no node holds their order, or an empty one.
/// </summary>
internal static class SessionList
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The list.</summary>
    public static string Of(SessionSet set)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, Options))
        {
            json.WriteStartArray();
            for (int session = 0; session < set.Sessions.Length; session++)
            {
                Write(json, set, set.Sessions[session]);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, checked((int)bytes.Length));
    }

    private static void Write(Utf8JsonWriter json, SessionSet set, SessionEntry session)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, session.Name.Text);
        if (session.Created)
        {
            json.WriteBoolean("created"u8, true);
        }

        WriteIds(json, set, "preserved", [.. session.Preserved]);
        if (session.Blackout is { } blackout)
        {
            WriteIds(json, set, "blackout", [blackout.Pause, blackout.Resume]);
        }

        json.WriteEndObject();
    }

    private static void WriteIds(Utf8JsonWriter json, SessionSet set, string name, ObjectId[] ids)
    {
        if (ids.Length == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (ObjectId id in ids)
        {
            json.WriteStringValue(set.Utf8NameOf(id));
        }

        json.WriteEndArray();
    }
}
