using System.Diagnostics;
using System.Globalization;
using GraphOrder.Cli;
using GraphOrder.Orleans;

namespace GraphOrder.Fleet;

/// <summary>
/// Updates a host by a program: <c>PROGRAM HOST ROLLOUT ATTEMPT</c> with the plan on standard input. It ends
/// with 0 when the host runs again; anything else is a failure. Thread-safe.
/// </summary>
internal sealed class ProgramUpdater : IHostUpdater
{
    private readonly string _program;
    private readonly Action<string> _tell;

    private ProgramUpdater(string program, Action<string> tell)
    {
        _program = program;
        _tell = tell;
    }

    /// <summary>One that runs a program.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="tell">Is told of each update that failed, in a sentence; thread-safe.</param>
    /// <exception cref="ToolException">It is no file that can be run.</exception>
    public static ProgramUpdater Of(string program, Action<string> tell)
    {
        string path = Path.GetFullPath(program);
        const UnixFileMode mayRun =
            UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        bool isRefused = !OperatingSystem.IsWindows()
            && File.Exists(path)
            && (File.GetUnixFileMode(path) & mayRun) == 0;
        if (isRefused || !File.Exists(path))
        {
            throw ToolException.File(
                $"'{Printable.Of(program)}' is no program that can be run. Check --run, and the file's "
                + "mode.");
        }

        return new ProgramUpdater(path, tell);
    }

    /// <inheritdoc/>
    public async Task<UpdateResult> UpdateAsync(
        UpdateOrder order, ReadOnlyMemory<byte> plan, CancellationToken cancellation)
    {
        ProcessStartInfo start = new(_program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(order.Host);
        start.ArgumentList.Add(order.Rollout);
        start.ArgumentList.Add(order.Attempt.ToString(CultureInfo.InvariantCulture));
        using Process process = Process.Start(start)
            ?? throw new InvalidOperationException("The program did not start.");
        Task said = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(plan, cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It reads no plan: its exit code says what became of the host.
        }

        // A node that goes leaves the program running; the next one runs it again with the same words.
        await process.WaitForExitAsync(cancellation);
        await said.WaitAsync(cancellation);
        if (process.ExitCode == 0)
        {
            return UpdateResult.Done;
        }

        string why = $"the program ended with {process.ExitCode}";
        _tell($"'{Printable.Of(order.Host)}' failed in '{Printable.Of(order.Rollout)}', attempt "
            + $"{order.Attempt}: {why}.");
        return UpdateResult.Failed(why);
    }
}
