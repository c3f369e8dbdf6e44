using System.Text.Json;

namespace GraphOrder;

/// <summary>How to read on behind a value of a list as if all values before it had been read.</summary>
/// <param name="State">What a reader knows there.</param>
/// <param name="Place">Where it believes to be.</param>
internal readonly record struct ValueEnd(JsonReaderState State, SourceLocation Place);
