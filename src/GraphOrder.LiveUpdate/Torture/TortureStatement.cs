using System.Globalization;
using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>Writes one call of a sequence as statements of C.</summary>
internal static class TortureStatement
{
    /// <summary>Writes it.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="call">The call.</param>
    /// <param name="round">The round, which is in names.</param>
    /// <param name="declared">Calls that have a variable; a descriptor of any other is not open.</param>
    public static void Write(StringBuilder text, TortureCall call, int round, HashSet<int> declared)
    {
        string on = Variable(call.On, declared);
        string expression = Expression(call, on, Variable(call.Other, declared), round, text);
        string said = $"say(\"{expression.Replace("\\", "\\\\").Replace("\"", "'")}\", {expression})";
        string id = call.Id.ToString(CultureInfo.InvariantCulture);
        text.Append(call.Kind switch
        {
            TortureKind.Open or TortureKind.Reopen or TortureKind.Event or TortureKind.Memory
                or TortureKind.Duplicate => $"    fd{id} = (int){said};\n",
            TortureKind.Pipe =>
                $"    {{\n        int ends[2] = {{-1, -1}};\n        {said};\n"
                + $"        fd{id} = ends[0];\n        close(ends[1]);\n    }}\n",
            TortureKind.Control when TortureArguments.MakesDescriptor(call)
                && call.Offset != TortureArguments.Null =>
                $"    if ({said} == 0)\n        fd{id} = made();\n",
            TortureKind.Close when declared.Contains(call.On) => $"    {said};\n    {on} = -1;\n",
            _ => $"    {said};\n",
        });
    }

    private static string Variable(int made, HashSet<int> declared) => declared.Contains(made)
        ? string.Create(CultureInfo.InvariantCulture, $"fd{made}") : "-1";

    private static string Expression(
        TortureCall call, string on, string other, int round, StringBuilder text)
    {
        FormattableString expression = call.Kind switch
        {
            TortureKind.Open => $"open(\"{TortureWords.Paths[call.Pick]}\", {Hex(call.Bytes)}, 0600)",
            TortureKind.Reopen => $"open(link_of({on}), {Hex(call.Bytes)}, 0600)",
            TortureKind.Pipe => $"pipe2(ends, O_CLOEXEC)",
            TortureKind.Event => $"eventfd(0, EFD_CLOEXEC)",
            TortureKind.Memory => $"memfd_create(\"torture\", {Hex(call.Bytes)})",
            TortureKind.Unlink => $"unlink(\"{TortureWords.Paths[call.Pick]}\")",
            TortureKind.Close => $"close({on})",
            TortureKind.Duplicate => $"fcntl({on}, F_DUPFD_CLOEXEC, 0)",
            TortureKind.Control => Control(call, on, other, round, text),
            TortureKind.Write =>
                $"pwrite({on}, fill({call.Token}, {call.Bytes}), {call.Bytes}, {call.Offset})",
            TortureKind.Map => $"store({on}, {call.Offset}, {call.Bytes}, {call.Token})",
            TortureKind.Read => $"digest({on}, {call.Offset}, {call.Bytes})",
            TortureKind.Length => $"ftruncate({on}, {call.Bytes})",
            TortureKind.Allocate => $"fallocate({on}, {call.Pick}, {call.Offset}, {call.Bytes})",
            TortureKind.Seek => $"lseek({on}, {call.Offset}, SEEK_SET)",
            TortureKind.Position => $"lseek({on}, 0, SEEK_CUR)",
            TortureKind.Extent =>
                $"lseek({on}, {call.Offset}, {(call.Pick == 1 ? "SEEK_HOLE" : "SEEK_DATA")})",
            TortureKind.Mode => $"mode({on}, 0{Convert.ToString(call.Bytes, 8)})",
            TortureKind.Seal => $"fcntl({on}, F_ADD_SEALS, {Hex(call.Bytes)})",
            TortureKind.Seals => $"fcntl({on}, F_GET_SEALS)",
            TortureKind.DescriptorFlags => $"fcntl({on}, F_GETFD)",
            TortureKind.StatusFlags => $"fcntl({on}, F_GETFL)",
            TortureKind.Status => $"status({on})",
            TortureKind.Link => $"readlink(link_of({on}), (char *)bytes, sizeof bytes)",
            TortureKind.Compare => $"syscall(SYS_kcmp, getpid(), getpid(), 0, {on}, {other})",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return expression.ToString(CultureInfo.InvariantCulture);
    }

    private static FormattableString Control(
        TortureCall call, string on, string other, int round, StringBuilder text)
    {
        string request = Hex(TortureWords.Requests[call.Pick]);
        if (call.Offset == TortureArguments.Null)
        {
            return $"ioctl({on}, {request}, NULL)";
        }

        string second = call.Offset == TortureArguments.Reserved ? "1"
            : TortureArguments.HasDescriptor(call) ? other : "0";
        string name = TortureArguments.HasName(call)
            ? Literal(TortureWords.Name(round, call.Token)) : "NULL";
        string token = TortureArguments.HasToken(call)
            ? string.Create(CultureInfo.InvariantCulture, $"{call.Token}u") : "0";
        text.Append(CultureInfo.InvariantCulture, $"    make({call.Bytes}, {second}, {name}, {token});\n");
        if (call.Offset == TortureArguments.DirtyTail && call.Bytes > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"    argument[{call.Bytes - 1}] = 1;\n");
        }

        return $"ioctl({on}, {request}, argument)";
    }

    private static string Hex(long number) => string.Create(CultureInfo.InvariantCulture, $"0x{number:x}");

    private static string Literal(byte[] name)
    {
        StringBuilder text = new("\"");
        foreach (byte one in name)
        {
            bool isPlain = one is >= 0x20 and < 0x7F and not (byte)'"' and not (byte)'\\';
            text.Append(isPlain ? ((char)one).ToString() : $"\\{Convert.ToString(one, 8).PadLeft(3, '0')}");
        }

        return text.Append('"').ToString();
    }
}
