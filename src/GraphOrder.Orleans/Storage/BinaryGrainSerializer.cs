using Orleans.Serialization;
using Orleans.Storage;

namespace GraphOrder.Orleans;

/// <summary>
/// Writes states as Orleans writes messages: documents stay bytes. The usual serializer writes JSON with
/// base64 in it, which costs more than planning does.
/// </summary>
internal sealed class BinaryGrainSerializer(Serializer serializer) : IGrainStorageSerializer
{
    /// <inheritdoc/>
    public BinaryData Serialize<T>(T? input) => new(serializer.SerializeToArray(input));

    /// <inheritdoc/>
    public T Deserialize<T>(BinaryData input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return serializer.Deserialize<T>(input.ToMemory())!;
    }
}
