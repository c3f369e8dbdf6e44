using System.Collections.Immutable;
using GraphOrder.LiveUpdate;

namespace GraphOrder.Cli;

/// <summary>
/// An update that somebody began to call off and whose way there ended: some sessions are closed, others are
/// held. It cannot go on, since what was closed is preserved no more, and only <c>abort</c> ends it.
/// </summary>
/// <param name="Closed">The sessions that are closed.</param>
/// <param name="Held">Those that are held.</param>
internal sealed record HalfClosed(string[] Closed, string[] Held)
{
    private const int NamesMax = 6;

    /// <summary>The rest of the line behind STOPPED.</summary>
    public const string Rest = " while it was called off, and cannot go on; nothing is lost.";

    /// <summary>What is closed and what is held, each with its label.</summary>
    public ImmutableArray<(string Label, string Text)> Facts =>
    [
        ("closed", Told(Closed)),
        ("held", $"{Told(Held)}: abort closes what is left in the plan's order"),
    ];

    /// <summary>
    /// Looks whether an update is so; null where it is not, or is over. Where nobody could look who holds a
    /// session, the journal is believed.
    /// </summary>
    public static HalfClosed? Of(UpdatePlan plan, Journal journal, RunningHost host)
    {
        if (journal.IsDone is not null
            || journal.Header.Custody == CustodyKind.Self
            || journal.Header.Kernel.Boot != host.Boot)
        {
            return null;
        }

        string[] names =
        [
            .. plan.Set.Sessions.Select(static session => session.Name.Text),
            MemoryJournalStore.SessionText,
        ];
        string[] closed = [.. names.Where(
            name => !(host.Sight.IsHeld(name) ?? !journal.Closed.Contains(name)))];
        return closed.Length > 0 && closed.Length < names.Length
            ? new HalfClosed(closed, [.. names.Except(closed)])
            : null;
    }

    /// <summary>Some names, and how many more.</summary>
    public static string Told(string[] names) => Printable.Of(string.Join(", ", names.Take(NamesMax)))
        + (names.Length > NamesMax ? $" and {names.Length - NamesMax} more" : "");

    /// <summary>The command that ends it.</summary>
    public static ImmutableArray<ImmutableArray<string>> Next(string path) =>
        [["graph-order", "abort", .. UpdateAnswer.JournalWords(path)]];
}
