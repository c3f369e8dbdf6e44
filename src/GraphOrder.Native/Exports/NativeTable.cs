using System.Runtime.InteropServices;

namespace GraphOrder.Native;

/// <summary><c>graphorder_table</c> of the header, member for member.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeTable
{
    public nuint Size;
    public byte* Format;
    public nuint FormatLength;
    public byte* Granule;
    public nuint GranuleLength;
    public ulong Root;
    public int TopLevel;
    public uint Flags;
    public byte* Memory;
    public ulong Bytes;
    public ulong Base;
    public uint FaultMax;
    public uint Reserved;
}
