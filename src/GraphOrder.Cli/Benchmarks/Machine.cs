using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GraphOrder.Cli;

/// <summary>What figures were measured on.</summary>
internal static class Machine
{
    private const string ProcessorFacts = "/proc/cpuinfo";
    private const string ModelName = "model name";

    /// <summary>The processor's name.</summary>
    public static string Processor { get; } = ReadProcessor();

    /// <summary>The runtime, and whether it compiled ahead of time.</summary>
    public static string Runtime { get; } = RuntimeInformation.FrameworkDescription
        + (System.Runtime.JitInfo.GetCompiledMethodCount() > 0 ? ", JIT" : ", Native AOT");

    /// <summary>Bits of the vectors that walks use.</summary>
    public static int VectorBits { get; } = Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 64;

    private static string ReadProcessor()
    {
        try
        {
            foreach (string line in File.ReadLines(ProcessorFacts))
            {
                if (line.StartsWith(ModelName, StringComparison.Ordinal))
                {
                    return line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Some containers hide it.
        }

        return RuntimeInformation.ProcessArchitecture.ToString();
    }
}
