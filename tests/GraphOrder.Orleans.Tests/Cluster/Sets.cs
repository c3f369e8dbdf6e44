using System.Text;

namespace GraphOrder.Orleans.Tests;

/// <summary>Small session sets.</summary>
internal static class Sets
{
    /// <summary>One guest with memory and something that needs it.</summary>
    public static byte[] Legal { get; } = Encoding.UTF8.GetBytes("""
        { "schema": "graphorder/session-set/1", "sessions": [ { "name": "vm-01" } ],
          "objects": [
            { "id": "ram", "kind": "memfd", "session": "vm-01", "bytes": 4096 },
            { "id": "state", "kind": "memfd", "session": "vm-01", "bytes": 4096, "needs": [ "ram" ] } ] }
        """);

    /// <summary>The same, and both need one another.</summary>
    public static byte[] Cyclic { get; } = Encoding.UTF8.GetBytes("""
        { "schema": "graphorder/session-set/1", "sessions": [ { "name": "vm-01" } ],
          "objects": [
            { "id": "ram", "kind": "memfd", "session": "vm-01", "bytes": 4096, "needs": [ "state" ] },
            { "id": "state", "kind": "memfd", "session": "vm-01", "bytes": 4096, "needs": [ "ram" ] } ] }
        """);
}
