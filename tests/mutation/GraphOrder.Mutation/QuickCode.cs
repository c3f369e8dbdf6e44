using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace GraphOrder.Mutation;

/// <summary>
/// Makes an assembly that Stryker.NET has changed run some ten times as fast. It says of itself that it is
/// not to be optimised, and the question that it asks at each change, <c>MutantControl.IsActive(int)</c>,
/// measures coverage as well. Here it is to be optimised, and the question is a comparison that is inlined.
/// </summary>
internal static class QuickCode
{
    private const byte Ldarg0 = 0x02;
    private const byte Ldsfld = 0x7E;
    private const byte Prefix = 0xFE;
    private const byte Ceq = 0x01;
    private const byte Ret = 0x2A;

    // A body with a fat header and no section behind it (ECMA-335, II.25.4).
    private const int KindMask = 0x3 | 0x8;
    private const int FatAlone = 0x3;
    private const int CodeSizeAt = 4;
    private const int CodeAt = 12;

    // A blob's length, the prolog of an attribute, then the modes of DebuggableAttribute (II.23.3).
    private const int ModesAt = 3;
    private const int OptimisedModes = 2;

    /// <summary>Rewrites an assembly in its place.</summary>
    /// <exception cref="InvalidOperationException">It is not as Stryker.NET writes it.</exception>
    public static void Write(string path)
    {
        byte[] image = File.ReadAllBytes(path);
        using PEReader reader = new([.. image]);
        MetadataReader metadata = reader.GetMetadataReader();
        Optimise(image, reader, metadata);
        Shorten(image, reader, metadata);
        File.WriteAllBytes(path, image);
    }

    private static void Optimise(byte[] image, PEReader reader, MetadataReader metadata)
    {
        CustomAttribute debuggable = metadata.GetAssemblyDefinition().GetCustomAttributes()
            .Select(metadata.GetCustomAttribute)
            .Single(found => found.Constructor.Kind == HandleKind.MemberReference
                && NameOf(metadata, (MemberReferenceHandle)found.Constructor) == "DebuggableAttribute");
        int blob = reader.PEHeaders.MetadataStartOffset
            + metadata.GetHeapMetadataOffset(HeapIndex.Blob) + metadata.GetHeapOffset(debuggable.Value);
        BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(blob + ModesAt), OptimisedModes);
    }

    private static void Shorten(byte[] image, PEReader reader, MetadataReader metadata)
    {
        TypeDefinition type = metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
            .Single(found => metadata.GetString(found.Name) == "MutantControl");
        FieldDefinitionHandle active = type.GetFields().Single(found =>
            metadata.GetString(metadata.GetFieldDefinition(found).Name) == "ActiveMutant");
        int address = type.GetMethods().Select(metadata.GetMethodDefinition)
            .Single(found => metadata.GetString(found.Name) == "IsActive").RelativeVirtualAddress;
        SectionHeader section =
            reader.PEHeaders.SectionHeaders[reader.PEHeaders.GetContainingSectionIndex(address)];
        Span<byte> body = image.AsSpan(address - section.VirtualAddress + section.PointerToRawData);
        byte[] code = [Ldarg0, Ldsfld, 0, 0, 0, 0, Prefix, Ceq, Ret];
        BinaryPrimitives.WriteInt32LittleEndian(code.AsSpan(2), MetadataTokens.GetToken(active));
        if ((body[0] & KindMask) != FatAlone
            || BinaryPrimitives.ReadInt32LittleEndian(body[CodeSizeAt..]) < code.Length)
        {
            throw new InvalidOperationException("MutantControl.IsActive is not as it was.");
        }

        BinaryPrimitives.WriteInt32LittleEndian(body[CodeSizeAt..], code.Length);
        code.CopyTo(body[CodeAt..]);
    }

    private static string NameOf(MetadataReader metadata, MemberReferenceHandle constructor)
    {
        EntityHandle type = metadata.GetMemberReference(constructor).Parent;
        return type.Kind == HandleKind.TypeReference
            ? metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name)
            : "";
    }
}
