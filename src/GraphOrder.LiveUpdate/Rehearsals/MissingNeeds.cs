using System.Buffers.Binary;
using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Which files a handler asks for when it refuses one: found by preserving, or retrieving, halves of what the
/// order has behind it in front of it. Each try is a kernel of its own; as many as needed files times the
/// logarithm of the files behind.
/// </summary>
internal sealed class MissingNeeds(DependencyGraph graph, SimulationOptions kernel, UpdateOrder order)
{
    /// <summary>The files without which this one is refused; empty where no order helps.</summary>
    public List<int> Find(RehearsedStep refused)
    {
        bool isRetrieve = refused.Act == RehearsedAct.Retrieve;
        int wanted = refused.Object!.Value.Index;
        List<int> before = [];
        List<int> behind = [];
        bool isBehind = false;
        foreach ((RehearsedAct act, _, int item) in isRetrieve ? order.Next : order.Old)
        {
            if (act == refused.Act && item != wanted)
            {
                (isBehind ? behind : before).Add(item);
            }

            isBehind |= act == refused.Act && item == wanted;
        }

        List<int> found = [];
        while (!IsTaken(wanted, before, found, isRetrieve))
        {
            int count = Fewest(wanted, [.. before, .. found], behind, isRetrieve);
            if (count < 0)
            {
                return [];
            }

            found.Add(behind[count - 1]);
            behind.RemoveRange(count - 1, behind.Count - count + 1);
        }

        return found;
    }

    // The fewest of those behind, from the first on, with which it is taken; -1 where all do not help.
    private int Fewest(int wanted, List<int> before, List<int> behind, bool isRetrieve)
    {
        if (!IsTaken(wanted, before, behind, isRetrieve))
        {
            return -1;
        }

        int low = 0;
        int high = behind.Count;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (IsTaken(wanted, before, behind[..middle], isRetrieve))
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        return high;
    }

    private bool IsTaken(int wanted, List<int> before, List<int> more, bool isRetrieve)
    {
        SimulatedKernel first = new(kernel);
        SimulatedProcess process = first.StartProcess();
        int[] sessions = Sessions(process, LiveUpdateAbi.CreateSession);
        RehearsedFiles files = new(graph, process, !kernel.TakesEverything);
        if (!isRetrieve)
        {
            return IsTaken(
                process, LiveUpdateAbi.PreserveFile, sessions, files, [.. before, .. more, wanted]);
        }

        List<int> preserved = [];
        order.Old.ForEach(step => preserved.AddRange(step.Act == RehearsedAct.Preserve ? [step.Object] : []));
        _ = IsTaken(process, LiveUpdateAbi.PreserveFile, sessions, files, preserved);
        first.PlaceFile("/image", "image"u8);
        _ = process.LoadKernel(process.Open("/image"u8, OpenModes.ReadOnly).Descriptor, -1, default);
        if (!process.Jump().IsDone)
        {
            return false;
        }

        process = first.Next!.StartProcess();
        sessions = Sessions(process, LiveUpdateAbi.RetrieveSession);
        return IsTaken(process, LiveUpdateAbi.RetrieveFile, sessions, null, [.. before, .. more, wanted]);
    }

    // Whether the last one is taken; others that are refused are passed over.
    private bool IsTaken(
        SimulatedProcess process, uint request, int[] sessions, RehearsedFiles? files, List<int> items)
    {
        bool isTaken = true;
        foreach (int item in items)
        {
            byte[] argument = new byte[LiveUpdateAbi.FileArgumentBytes];
            argument[0] = LiveUpdateAbi.FileArgumentBytes;
            BinaryPrimitives.WriteInt32LittleEndian(
                argument.AsSpan(LiveUpdateAbi.DescriptorOffset), files?[item] ?? 0);
            BinaryPrimitives.WriteUInt64LittleEndian(
                argument.AsSpan(LiveUpdateAbi.TokenOffset), graph.TokenOf(new ObjectId(item)));
            isTaken = process.Control(
                sessions[graph[new ObjectId(item)].Session!.Value.Index], request, argument).IsDone;
        }

        return isTaken;
    }

    private int[] Sessions(SimulatedProcess process, uint request)
    {
        int device = process.Open("/dev/liveupdate"u8, OpenModes.ReadWrite).Descriptor;
        int[] sessions = new int[graph.SessionCount];
        for (int i = 0; i < sessions.Length; i++)
        {
            byte[] argument = new byte[LiveUpdateAbi.NameArgumentBytes];
            argument[0] = LiveUpdateAbi.NameArgumentBytes;
            Encoding.UTF8.GetBytes(
                graph.Set.NameOf(new SessionId(i)), argument.AsSpan(LiveUpdateAbi.NameOffset));
            _ = process.Control(device, request, argument);
            sessions[i] = BinaryPrimitives.ReadInt32LittleEndian(
                argument.AsSpan(LiveUpdateAbi.DescriptorOffset));
        }

        return sessions;
    }
}
