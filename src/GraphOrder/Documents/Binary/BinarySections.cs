using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace GraphOrder;

/// <summary>The sections of a binary certificate, one after another. Not thread-safe.</summary>
internal sealed class BinarySections
{
    private const int LengthPlace = 16;
    private const uint NoPlace = uint.MaxValue;

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly SessionSet _set;
    private readonly KernelPair _kernels;
    private readonly List<string> _ownOrders;
    private readonly byte[] _model;

    public BinarySections(SessionSet set, KernelPair kernels, string model)
    {
        _set = set;
        _kernels = kernels;
        _ownOrders = PlanNumbers.OwnOrders(kernels);
        _model = Encoding.UTF8.GetBytes(model);
    }

    /// <summary>The header; the length is filled in at the end.</summary>
    public void WriteHeader(Plan plan, PlanNumbers numbers, int dependencyCount, BinaryRanks ranks)
    {
        PutBytes([0x89, .. "GOPLAN\n"u8]);
        Put(1);
        Put(0);
        Put(0);
        Put(0);
        Put(plan.Input);
        Put(plan.Rules);
        foreach (Phase phase in Phases.All)
        {
            PhaseRule rule = _kernels[phase];
            byte backward = rule.IsBackward ? (byte)1 : (byte)0;
            PutBytes([(byte)rule.Unit, OrderNumber(rule.Between), backward, (byte)rule.Inside]);
        }

        PutBytes([.. ranks.TableOf, 0, 0]);
        Put(_set.Sessions.Length);
        Put(_set.Objects.Length);
        Put(dependencyCount);
        Put(Count(_set.Sessions.AsSpan(), static session => session.Created));
        int preserved = 0;
        foreach (SessionEntry session in _set.Sessions)
        {
            preserved += session.Preserved.Length;
        }

        Put(preserved);
        Put(Count(_set.Objects.AsSpan(), static found => found.IsFile));
        Put(ranks.KernelLists.Count == 0 ? 0 : ranks.KernelLists[0].Length);
        Put(ranks.Tables.Count);
        Put(_ownOrders.Count);
        Put(_set.SessionNames.AllUtf8.Length + _set.Ids.AllUtf8.Length + OwnBytes() + _model.Length);
        foreach (Phase phase in Phases.All)
        {
            Put(numbers.Steps[(int)phase].Length);
        }

        foreach (Phase phase in Phases.All)
        {
            Put(numbers.Carried[(int)phase].Length);
        }
    }

    /// <summary>What the dependencies speak of, and they themselves.</summary>
    public void WriteFacts(BinaryDependency[] dependencies)
    {
        int end = 0;
        foreach (SessionEntry session in _set.Sessions)
        {
            Put(end += session.Preserved.Length);
        }

        foreach (SessionEntry session in _set.Sessions)
        {
            foreach (ObjectId file in session.Preserved)
            {
                Put(file.Index);
            }
        }

        foreach (PreservedObject found in _set.Objects)
        {
            Put(found);
        }

        foreach (BinaryDependency found in dependencies)
        {
            Put(found.Dependent);
            Put(found.On);
            byte soft = found.IsSoft ? (byte)1 : (byte)0;
            PutBytes([(byte)found.Phases.Bits, (byte)found.Waived.Bits, soft, 0]);
        }
    }

    /// <summary>The orders of sessions and the steps.</summary>
    public void WriteNumbers(PlanNumbers numbers)
    {
        foreach (int[] order in numbers.Orders)
        {
            Put(order);
        }

        foreach (Phase phase in Phases.All)
        {
            foreach ((int what, int wave, int carriedEnd) in numbers.Steps[(int)phase])
            {
                Put(what);
                Put(wave);
                Put(carriedEnd);
            }

            Put(numbers.Carried[(int)phase]);
        }
    }

    /// <summary>The tables of ranks.</summary>
    public void WriteRanks(BinaryRanks ranks)
    {
        for (int table = 0; table < ranks.Tables.Count; table++)
        {
            Put(ranks.Tables[table]);
            Put(ranks.KernelLists[table]);
        }
    }

    /// <summary>The sorted lists and all names.</summary>
    public void WriteNames()
    {
        Put(Sorted(_set.SessionNames));
        Put(Sorted(_set.Ids));
        List<int> files = [];
        for (int i = 0; i < _set.Objects.Length; i++)
        {
            if (_set.Objects[i].IsFile)
            {
                files.Add(i);
            }
        }

        files.Sort((first, second) => Place(first).CompareTo(Place(second)));
        Put([.. files]);
        int end = 0;
        PutEnds(_set.SessionNames, ref end);
        PutEnds(_set.Ids, ref end);
        foreach (string order in _ownOrders)
        {
            Put(end += Encoding.UTF8.GetByteCount(order));
        }

        Put(end + _model.Length);
        PutBytes(_set.SessionNames.AllUtf8);
        PutBytes(_set.Ids.AllUtf8);
        foreach (string order in _ownOrders)
        {
            PutBytes(Encoding.UTF8.GetBytes(order));
        }

        PutBytes(_model);

        (int, ulong) Place(int file) =>
            (_set.Objects[file].Session!.Value.Index, _set.Objects[file].DeclaredToken ?? 0);
    }

    /// <summary>All that was written, with its length in the header.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = _bytes.WrittenSpan.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(LengthPlace), bytes.Length);
        return bytes;
    }

    private static int[] Sorted(NameTable names)
    {
        int[] numbers = new int[names.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = i;
        }

        Array.Sort(numbers, (first, second) =>
            names.Utf8(first).SequenceCompareTo(names.Utf8(second)));
        return numbers;
    }

    private static int Count<T>(ReadOnlySpan<T> all, Predicate<T> isCounted)
    {
        int count = 0;
        foreach (T one in all)
        {
            count += isCounted(one) ? 1 : 0;
        }

        return count;
    }

    private byte OrderNumber(SessionOrder order)
    {
        const int firstOwn = 4;
        return order.IsInterleaved ? (byte)0
            : order == SessionOrder.Create ? (byte)1
            : order == SessionOrder.Close ? (byte)2
            : order == SessionOrder.Finish ? (byte)3
            : (byte)(firstOwn + _ownOrders.IndexOf(order.Name));
    }

    private int OwnBytes()
    {
        int count = 0;
        foreach (string order in _ownOrders)
        {
            count += Encoding.UTF8.GetByteCount(order);
        }

        return count;
    }

    private void PutEnds(NameTable names, ref int end)
    {
        for (int i = 0; i < names.Count; i++)
        {
            Put(end += names.Utf8(i).Length);
        }
    }

    private void Put(PreservedObject found)
    {
        const byte carried = 2;
        const byte act = 3;
        (uint place, byte type) = found switch
        {
            { Session: { } session } => ((uint)session.Index, (byte)1),
            { Carrier: { } file } => ((uint)file.Index, carried),
            { Act: { } facts } => ((uint)facts.Session.Index, act),
            _ => (NoPlace, (byte)0),
        };
        Put(place);
        byte late = found.Act is { IsLate: true } ? (byte)1 : (byte)0;
        PutBytes([type, (byte)(found.Act?.Phase ?? 0), late, 0]);
        ulong token = found.DeclaredToken ?? 0;
        Put(unchecked((uint)token));
        Put((uint)(token >> 32));
    }

    private void Put(Digest digest)
    {
        PutBytes(Convert.FromHexString(digest.ToString().AsSpan(Digest.Prefix.Length)));
    }

    private void PutBytes(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    private void Put(int[] numbers)
    {
        foreach (int number in numbers)
        {
            Put(number);
        }
    }

    private void Put(int number) => Put(unchecked((uint)number));

    private void Put(uint number)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.GetSpan(sizeof(uint)), number);
        _bytes.Advance(sizeof(uint));
    }
}
