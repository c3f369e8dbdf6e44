using System.Runtime.InteropServices;
using System.Text;

namespace GraphOrder.Native;

/// <summary>
/// What <c>Guard/graphorder.c</c> calls; what each does is said in <c>graphorder.h</c>. No exception leaves,
/// and nothing is trusted but that pointers which are not null point to what their lengths say.
/// </summary>
internal static unsafe class EntryPoints
{
    private const int RequestBytesMax = 64 << 20;

    private static readonly HandleTable Handles = new();

    private delegate CallStatus Answering(NativeEngine engine, AnswerBuffer answer);

    [UnmanagedCallersOnly(EntryPoint = "managed_start")]
    private static int Start() => (int)CallStatus.Done;

    [UnmanagedCallersOnly(EntryPoint = "managed_open")]
    private static int Open(byte* model, nuint length, ulong* engine, byte* text, nuint textBytes)
    {
        CallError error = new(text, textBytes);
        try
        {
            Demand(engine, nameof(engine));
            NativeEngine opened = new(KernelsOf(model, length));
            *engine = Handles.Add(HandleKind.Engine, opened);
            return (int)(*engine != 0 ? CallStatus.Done : throw NoHandle());
        }
        catch (Exception thrown)
        {
            return (int)error.Tell(thrown);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "managed_close")]
    private static int Close(ulong engine, byte* text, nuint textBytes)
    {
        CallError error = new(text, textBytes);
        try
        {
            if (!Handles.TryRemove(engine, HandleKind.Engine, out NativeEngine? closed))
            {
                return (int)error.Tell(CallStatus.Handle, "This is no engine, or one that was closed.");
            }

            closed.Dispose();
            return (int)CallStatus.Done;
        }
        catch (Exception thrown)
        {
            return (int)error.Tell(thrown);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "managed_ask")]
    private static int Ask(
        ulong engine, byte* request, nuint length, ulong* answer, byte* text, nuint textBytes)
    {
        CallError error = new(text, textBytes);
        try
        {
            RequestBytes read = new(request, Checked(request, length, nameof(request)));
            return (int)Answer(engine, answer, error, (opened, written) => opened.Ask(read.Memory, written));
        }
        catch (Exception thrown)
        {
            return (int)error.Tell(thrown);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "managed_plan")]
    private static int Plan(
        ulong engine, byte* set, nuint length, ulong* answer, byte* text, nuint textBytes)
    {
        CallError error = new(text, textBytes);
        try
        {
            using UnmanagedMemoryStream read = new(set, Checked(set, length, nameof(set)));
            return (int)Answer(engine, answer, error, (opened, written) => opened.Plan(read, written));
        }
        catch (Exception thrown)
        {
            return (int)error.Tell(thrown);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "managed_walk")]
    private static int Walk(ulong engine, NativeTable* table, ulong* answer, byte* text, nuint textBytes)
    {
        CallError error = new(text, textBytes);
        try
        {
            MemoryWalk walk = TableReader.Read(table);
            return (int)Answer(engine, answer, error, (opened, written) => opened.Walk(walk, written));
        }
        catch (Exception thrown)
        {
            return (int)error.Tell(thrown);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "managed_cancel")]
    private static int Cancel(ulong engine, byte* text, nuint textBytes)
    {
        CallError error = new(text, textBytes);
        try
        {
            if (!Handles.TryFind(engine, HandleKind.Engine, out NativeEngine? found))
            {
                return (int)error.Tell(CallStatus.Handle, "This is no engine, or one that was closed.");
            }

            found.Cancel();
            return (int)CallStatus.Done;
        }
        catch (Exception thrown)
        {
            return (int)error.Tell(thrown);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "managed_text")]
    private static int Text(ulong answer, byte** bytes, nuint* length, byte* text, nuint textBytes)
    {
        CallError error = new(text, textBytes);
        try
        {
            Demand(bytes, "text");
            Demand(length, nameof(length));
            if (!Handles.TryFind(answer, HandleKind.Answer, out AnswerBuffer? found))
            {
                return (int)error.Tell(CallStatus.Handle, "This is no answer, or one that was freed.");
            }

            *bytes = found.First;
            *length = (nuint)found.Length;
            return (int)CallStatus.Done;
        }
        catch (Exception thrown)
        {
            return (int)error.Tell(thrown);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "managed_free")]
    private static int Free(ulong answer, byte* text, nuint textBytes)
    {
        CallError error = new(text, textBytes);
        try
        {
            if (!Handles.TryRemove(answer, HandleKind.Answer, out AnswerBuffer? freed))
            {
                return (int)error.Tell(CallStatus.Handle, "This is no answer, or one that was freed.");
            }

            freed.GiveBack();
            return (int)CallStatus.Done;
        }
        catch (Exception thrown)
        {
            return (int)error.Tell(thrown);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "managed_live_handles")]
    private static ulong LiveHandles() => (ulong)Handles.Live;

    private static CallStatus Answer(ulong engine, ulong* answer, CallError error, Answering ask)
    {
        Demand(answer, nameof(answer));
        if (!Handles.TryFind(engine, HandleKind.Engine, out NativeEngine? opened))
        {
            throw new CallException(CallStatus.Handle, "This is no engine, or one that was closed.");
        }

        AnswerBuffer buffer = AnswerBuffer.Take();
        bool isGiven = false;
        try
        {
            CallStatus status = ask(opened, buffer);
            *answer = Handles.Add(HandleKind.Answer, buffer);
            isGiven = *answer != 0;
            return !isGiven ? throw NoHandle()
                : status == CallStatus.Done ? status
                : error.Tell(status, "The answer says what is wrong.");
        }
        finally
        {
            if (!isGiven)
            {
                buffer.GiveBack();
            }
        }
    }

    private static int Checked(byte* first, nuint length, string name)
    {
        Demand(first, name);
        return length <= RequestBytesMax
            ? (int)length
            : throw new CallException(
                CallStatus.TooLarge,
                $"{name} has {length} bytes, and at most {RequestBytesMax} are taken. Ask the tool instead.");
    }

    private static KernelPair? KernelsOf(byte* model, nuint length)
    {
        const int NameBytesMax = 256;
        if (model is null || length == 0)
        {
            return null;
        }

        string name = Encoding.UTF8.GetString(model, (int)Math.Min(length, NameBytesMax));
        return KernelPair.TryFindByModel(name, out KernelPair? kernels)
            ? kernels
            : throw new CallException(
                CallStatus.Argument,
                $"There is no model '{name}'. Known: {string.Join(", ", LifecycleModel.BuiltIn)}.");
    }

    private static void Demand(void* pointer, string name)
    {
        if (pointer is null)
        {
            throw new CallException(CallStatus.Argument, $"{name} is null.");
        }
    }

    private static CallException NoHandle() => new(
        CallStatus.NoMemory, "Too many handles are out. Free answers, close engines.");
}
