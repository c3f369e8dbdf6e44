using System.Globalization;

namespace GraphOrder.KernelGuest;

/// <summary>How far a difference behind a jump is made short: what one kernel tells the next.</summary>
/// <param name="Seed">Of the run.</param>
/// <param name="Round">The round whose two sequences differ.</param>
/// <param name="Length">Of each sequence.</param>
/// <param name="IsLegacy">Whether the simulator carries nothing.</param>
internal sealed record ShrinkState(ulong Seed, int Round, int Length, bool IsLegacy)
{
    /// <summary>Calls of both sequences that are still needed: 1, or 0, for each.</summary>
    public string Kept { get; init; } = "";

    /// <summary>Those that ran, or will run, in front of this jump; empty before the first one.</summary>
    public string Trial { get; init; } = "";

    /// <summary>How many calls are left out at once; 0 for none any more.</summary>
    public int Piece { get; init; }

    /// <summary>The place among the kept ones where the next is left out.</summary>
    public int Start { get; init; }

    /// <summary>Whether anything went since the piece has this size.</summary>
    public bool IsShorter { get; init; }

    /// <summary>How many calls are kept.</summary>
    public int KeptCount => Kept.Count('1');

    /// <summary>Reads what the kernel before told.</summary>
    public static ShrinkState Parse(string text)
    {
        string[] parts = text.Split(':');
        return new(
            ulong.Parse(parts[0], CultureInfo.InvariantCulture),
            Number(parts[1]),
            Number(parts[2]),
            parts[3] == "1")
        {
            Kept = parts[4],
            Trial = parts[5],
            Piece = Number(parts[6]),
            Start = Number(parts[7]),
            IsShorter = parts[8] == "1",
        };
    }

    /// <summary>What the trial that just ran makes of it.</summary>
    public ShrinkState After(bool isDifferent) => isDifferent
        ? this with { Kept = Trial, IsShorter = true }
        : this with { Start = Start + Piece };

    /// <summary>
    /// The next trial: the kept ones without a piece, or all of them once more when no single call can go.
    /// </summary>
    public ShrinkState Next()
    {
        ShrinkState next = this;
        while (next.Start >= KeptCount && next.Piece > 0)
        {
            bool isDone = next is { Piece: 1, IsShorter: false };
            int piece = isDone ? 0 : Math.Max(1, next.Piece / 2);
            next = next with { Piece = piece, Start = 0, IsShorter = false };
        }

        char[] trial = Kept.ToCharArray();
        for (int i = 0, place = 0; i < trial.Length; i++)
        {
            if (trial[i] == '1' && place++ >= next.Start && place <= next.Start + next.Piece)
            {
                trial[i] = '0';
            }
        }

        return next with { Trial = new string(trial) };
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Seed}:{Round}:{Length}:{(IsLegacy ? 1 : 0)}:{Kept}:{Trial}:{Piece}:{Start}:{(IsShorter ? 1 : 0)}");

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
