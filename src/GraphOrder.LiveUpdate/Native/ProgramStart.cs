using System.Runtime.InteropServices;
using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>Becomes another program, which may inherit descriptors (sd_listen_fds(3)).</summary>
internal static unsafe class ProgramStart
{
    private const int FirstDescriptor = 3;

    /// <summary>
    /// Replaces this process. The descriptors become 3, 4, … in the order given; it comes back only where it
    /// fails.
    /// </summary>
    /// <param name="calls">To move descriptors out of the way.</param>
    /// <param name="path">The program.</param>
    /// <param name="arguments">Its arguments, its own name first.</param>
    /// <param name="environment">Its environment, <c>NAME=VALUE</c>.</param>
    /// <param name="descriptors">What it inherits beside the standard streams.</param>
    public static Errno Run(
        ISystemCalls calls,
        string path,
        IReadOnlyList<string> arguments,
        IReadOnlyList<string> environment,
        IReadOnlyList<int> descriptors)
    {
        // Out of the way first, so that no move covers one that is still to be moved.
        int[] moved = new int[descriptors.Count];
        for (int i = 0; i < moved.Length; i++)
        {
            int copy = descriptors[i];
            while (copy < FirstDescriptor + moved.Length)
            {
                CallResult next = calls.Duplicate(copy);
                if (!next.IsDone)
                {
                    return next.Error;
                }

                copy = next.Descriptor;
            }

            moved[i] = copy;
        }

        // What has those numbers now lives on under others: the runtime's own pipe is among them, and the
        // thread
        // that reads it would see its end and close our descriptor.
        for (int i = 0; i < moved.Length; i++)
        {
            _ = calls.Duplicate(FirstDescriptor + i);
        }

        for (int i = 0; i < moved.Length; i++)
        {
            if (LinuxLibrary.DuplicateTo(moved[i], FirstDescriptor + i, 0) < 0)
            {
                return (Errno)Marshal.GetLastPInvokeError();
            }
        }

        byte** argumentList = List(arguments);
        byte** environmentList = List(environment);
        byte* pathBytes = Text(path);
        _ = LinuxLibrary.Execute(pathBytes, argumentList, environmentList);
        return (Errno)Marshal.GetLastPInvokeError();
    }

    /// <summary>
    /// Replaces this process, with its environment and the standard streams; it comes back only where it
    /// fails.
    /// </summary>
    /// <param name="path">The program.</param>
    /// <param name="arguments">Its arguments, its own name first.</param>
    public static Errno Run(string path, IReadOnlyList<string> arguments)
    {
        _ = LinuxLibrary.ExecuteHere(Text(path), List(arguments));
        return (Errno)Marshal.GetLastPInvokeError();
    }

    // Never freed: the process becomes another, or ends.
    private static byte** List(IReadOnlyList<string> texts)
    {
        byte** list = (byte**)NativeMemory.AllocZeroed((nuint)(texts.Count + 1), (nuint)sizeof(byte*));
        for (int i = 0; i < texts.Count; i++)
        {
            list[i] = Text(texts[i]);
        }

        return list;
    }

    private static byte* Text(string text)
    {
        int count = Encoding.UTF8.GetByteCount(text);
        byte* bytes = (byte*)NativeMemory.AllocZeroed((nuint)count + 1);
        _ = Encoding.UTF8.GetBytes(text, new Span<byte>(bytes, count));
        return bytes;
    }
}
