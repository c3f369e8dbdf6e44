using System.Globalization;

namespace GraphOrder.LiveUpdate.Tests.Simulation;

/// <summary>
/// The calls that have nothing to do with a live update, asked by lot of the simulated kernel and of the
/// kernel that runs these tests, which must answer the same.
/// </summary>
[TestFixture]
public sealed class PlainCallsTests
{
    private const int RunCount = 400;
    private const int CallCount = 60;

    [Test]
    public void Both_kernels_answer_the_same()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Ignore("This machine has another kernel.");
        }

        // How much of a write is judged at once hangs on the kernel that is built, so both have a page here.
        int chunk = ChunkOf(new LinuxCalls());
        for (int run = 0; run < RunCount; run++)
        {
            SimulatedProcess simulated =
                new SimulatedKernel(new SimulationOptions { WriteChunkBytes = chunk }).StartProcess();
            List<string> expected = Run(new LinuxCalls(), (ulong)run);
            List<string> found = Run(simulated, (ulong)run);
            for (int i = 0; i < expected.Count; i++)
            {
                if (expected[i] != found[i])
                {
                    Assert.Fail($"run {run}, call {i}: Linux {expected[i]}, simulated {found[i]}\n"
                        + string.Join('\n', expected.Take(i)));
                }
            }
        }
    }

    private static int ChunkOf(LinuxCalls calls)
    {
        int memory = calls.CreateMemory("m"u8, MemoryModes.AllowSealing).Descriptor;
        _ = calls.SetLength(memory, 8192);
        _ = calls.AddSeals(memory, Seals.Grow);
        bool isWhole = !calls.WriteAt(memory, new byte[10], 8187).IsDone;
        _ = calls.Close(memory);
        return isWhole ? 2 << 20 : 4096;
    }

    private static List<string> Run(ISystemCalls calls, ulong seed)
    {
        SplitMix64 numbers = new(seed);
        List<string> told = [];
        List<int> files = [calls.CreateMemory("m"u8, MemoryModes.AllowSealing).Descriptor];
        files.Add(calls.CreateMemory("n"u8, numbers.Next(2) == 0 ? MemoryModes.None : MemoryModes.NoExecSeal).Descriptor);
        files.Add(calls.CreatePipe(out int writing).Descriptor);
        files.Add(writing);
        files.Add(calls.CreateEvent().Descriptor);
        files.Add(calls.Open(Path(files[0]), OpenModes.ReadOnly).Descriptor);
        files.Add(calls.Open(Path(files[0]), OpenModes.PathOnly).Descriptor);
        files.Add(calls.Duplicate(files[0]).Descriptor);
        for (int i = 0; i < CallCount; i++)
        {
            // Most of all the memfd, else its seals are all that is seen.
            int place = numbers.Next(2) == 0 ? 0 : numbers.Next(files.Count);
            told.Add($"{place} {Call(calls, files[place], numbers, isMemory: place < 2)}");
        }

        files.ForEach(file => calls.Close(file));
        return told;
    }

    private static byte[] Path(int file) =>
        System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{file}"));

    // Nothing here changes a file that others have: the mode is that of our own memory alone.
    private static string Call(ISystemCalls calls, int file, SplitMix64 numbers, bool isMemory)
    {
        long offset = numbers.Next(5) == 0 ? numbers.Next(6) * 4096 : numbers.Next(20_000);
        int bytes = numbers.Next(3) == 0 ? numbers.Next(3) * 4096 : numbers.Next(9000);
        switch (numbers.Next(15))
        {
            case 0:
            case 1:
                byte[] written = new byte[bytes];
                Array.Fill(written, (byte)(1 + numbers.Next(200)));
                return $"write {offset} {bytes}: {calls.WriteAt(file, written, offset)}";
            case 2:
                return $"size {offset}: {calls.SetLength(file, offset)}";
            case 3:
                AllocateModes modes = (AllocateModes)numbers.Next(4);
                return $"allocate {modes} {offset} {bytes}: {calls.Allocate(file, modes, offset, bytes)}";
            case 4:
                return $"map {offset} {bytes}: {calls.WriteThroughMapping(file, new byte[bytes], offset)}";
            case 5:
                Seals seals = numbers.Next(12) == 0 ? (Seals)(1 << numbers.Next(8)) : Seals.None;
                return $"seal {seals}: {calls.AddSeals(file, seals)} {calls.GetSeals(file)}";
            case 6:
                bool toHole = numbers.Next(2) == 0;
                return $"extent {offset} {toHole}: {calls.SeekExtent(file, offset, toHole)}";
            case 7:
                return $"seek {offset}: {calls.Seek(file, offset - 100)} {calls.Position(file)}";
            case 8 when isMemory:
                uint mode = numbers.Next(2) == 0 ? 0x1B6u : 0x1C0u;
                return $"mode {mode}: {calls.ChangeMode(file, mode)}";
            case 9:
                return $"flags: {calls.DescriptorFlags(file)}";
            case 10:
                return $"compare: {calls.Compare(file, file)}";
            default:
                return Look(calls, file, offset, bytes);
        }
    }

    private static string Look(ISystemCalls calls, int file, long offset, int bytes)
    {
        byte[] read = new byte[bytes];
        CallResult result = calls.ReadAt(file, read, offset);
        CallResult status = calls.Status(file, out FileStatus found);
        string sum = read.Sum(each => (long)each).ToString(CultureInfo.InvariantCulture);
        return $"read {offset} {bytes}: {result} {sum}, {status} {found.Mode} {found.LinkCount} {found.Bytes} "
            + $"{found.AllocatedBytes}";
    }
}
