using System.Reflection;
using System.Runtime.InteropServices;

namespace GraphOrder.Tests.Planning;

/// <summary>
/// The objects that can be reached from others, and the bytes that the runtime allocated for them: a method
/// table begins with the bytes of a component (16 bits) and, at byte 4, those of the rest (The Book of the
/// Runtime, type loader).
/// </summary>
internal sealed class ReachableObjects
{
    private const int BaseSizeOffset = 4;
    private const int Alignment = 8;

    private static readonly Dictionary<Type, FieldInfo[]> FieldsOf = [];

    private readonly HashSet<object> _found = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<object> _open = new();

    /// <summary>Adds what can be reached from an object; returns the bytes of what was not known.</summary>
    public long Add(object? root)
    {
        long bytes = 0;
        Visit(root);
        while (_open.TryPop(out object? next))
        {
            bytes += BytesOf(next);
            if (next is Array array && MayRefer(array.GetType().GetElementType()!))
            {
                foreach (object? element in array)
                {
                    VisitValue(element);
                }
            }
            else if (next is not (Array or string))
            {
                VisitFields(next);
            }
        }

        return bytes;
    }

    private static long BytesOf(object found)
    {
        nint table = found.GetType().TypeHandle.Value;
        long bytes = (uint)Marshal.ReadInt32(table, BaseSizeOffset);
        long count = found is Array array ? array.LongLength : found is string text ? text.Length : 0;
        bytes += count * (ushort)Marshal.ReadInt16(table);
        return (bytes + Alignment - 1) / Alignment * Alignment;
    }

    private static bool MayRefer(Type type) => !type.IsPrimitive && !type.IsEnum && !type.IsPointer;

    private void Visit(object? found)
    {
        if (found is not null and not (Type or Pointer or Delegate) && _found.Add(found))
        {
            _open.Push(found);
        }
    }

    // A value comes boxed: what it refers to counts, the box does not.
    private void VisitValue(object? value)
    {
        if (value is ValueType)
        {
            VisitFields(value);
        }
        else
        {
            Visit(value);
        }
    }

    private void VisitFields(object found)
    {
        foreach (FieldInfo field in Fields(found.GetType()))
        {
            VisitValue(field.GetValue(found));
        }
    }

    private static FieldInfo[] Fields(Type type)
    {
        if (!FieldsOf.TryGetValue(type, out FieldInfo[]? fields))
        {
            List<FieldInfo> all = [];
            for (Type? each = type; each is not null; each = each.BaseType)
            {
                const BindingFlags own = BindingFlags.Instance | BindingFlags.DeclaredOnly
                    | BindingFlags.Public | BindingFlags.NonPublic;
                all.AddRange(each.GetFields(own).Where(static field => MayRefer(field.FieldType)));
            }

            FieldsOf.Add(type, fields = [.. all]);
        }

        return fields;
    }
}
