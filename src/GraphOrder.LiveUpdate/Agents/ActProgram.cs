using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Does acts by starting a program: <c>PROGRAM ACT SESSION PHASE</c>, done when it ends with 0.
/// </summary>
/// <param name="program">The program.</param>
/// <param name="patience">How long one act may take; then it is killed.</param>
public sealed class ActProgram(string program, TimeSpan patience) : IActRunner
{
    /// <inheritdoc/>
    public string? Run(string act, string session, Phase phase)
    {
        ProcessStartInfo start = new(program) { UseShellExecute = false };
        start.ArgumentList.Add(act);
        start.ArgumentList.Add(session);
        start.ArgumentList.Add(phase.Name());
        try
        {
            using Process? running = Process.Start(start);
            if (running is null)
            {
                return $"'{program}' could not be started";
            }

            if (!running.WaitForExit(patience))
            {
                running.Kill();
                return string.Create(
                    CultureInfo.InvariantCulture, $"'{program}' took more than {patience.TotalSeconds} s");
            }

            return running.ExitCode == 0 ? null : string.Create(
                CultureInfo.InvariantCulture, $"'{program}' ended with {running.ExitCode}");
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            return $"'{program}' could not be started: {error.Message}";
        }
    }
}
