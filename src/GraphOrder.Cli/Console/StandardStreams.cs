using System.Text;
using GraphOrder.LiveUpdate;
using Microsoft.Win32.SafeHandles;

namespace GraphOrder.Cli;

/// <summary>
/// The standard streams, without what .NET's console does to a terminal before the first byte (it switches
/// the keypad to the mode of full-screen programs, and leaves it there).
/// </summary>
internal static class StandardStreams
{
    private const int InputDescriptor = 0;
    private const int OutputDescriptor = 1;
    private const int ErrorDescriptor = 2;

    /// <summary>Standard input; a terminal line by line, as the kernel lets them be edited.</summary>
    public static Stream Input() => System.Console.IsInputRedirected || OperatingSystem.IsWindows()
        ? System.Console.OpenStandardInput()
        : new FileStream(new SafeFileHandle(InputDescriptor, ownsHandle: false), FileAccess.Read, 1);

    /// <summary>Standard output, not buffered.</summary>
    public static Stream Output() => OperatingSystem.IsWindows()
        ? System.Console.OpenStandardOutput()
        : new DescriptorStream(OutputDescriptor);

    /// <summary>Standard error, not buffered.</summary>
    public static Stream Error() => OperatingSystem.IsWindows()
        ? System.Console.OpenStandardError()
        : new DescriptorStream(ErrorDescriptor);

    /// <summary>Standard output as text; disposed, everything is written.</summary>
    public static StreamWriter OutputText() =>
        new(Output(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };

    /// <summary>How many columns the terminal of standard output has; 0 where it does not say.</summary>
    public static int Columns() => OperatingSystem.IsLinux()
        ? DescriptorStream.ColumnsOf(OutputDescriptor)
        : System.Console.WindowWidth;
}
