using System.IO.MemoryMappedFiles;

namespace GraphOrder.PageTables;

/// <summary>
/// A whole file in the address space. Reading where the file has shrunk ends the process, which .NET cannot
/// catch: mapping is for images that nobody changes. Thread-safe until disposed.
/// </summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _first;

    /// <summary>Maps a file for reading.</summary>
    /// <exception cref="IOException">It cannot be mapped.</exception>
    public MappedFile(FileStream stream)
    {
        Length = (ulong)stream.Length;
        _file = MemoryMappedFile.CreateFromFile(
            stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        _first = pointer + _view.PointerOffset;
    }

    /// <summary>Bytes that the file had when it was mapped.</summary>
    public ulong Length { get; }

    /// <summary>Bytes of the file, or an empty span where it does not have them.</summary>
    public ReadOnlySpan<byte> Bytes(ulong offset, int count) =>
        offset > Length || (ulong)count > Length - offset ? default : new(_first + offset, count);

    /// <summary>Unmaps.</summary>
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
