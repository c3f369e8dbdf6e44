using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>
/// Where the columns of the step list begin, fitted to what stands in them; what is longer pushes the next
/// one.
/// </summary>
/// <param name="Number">Width of the numbers, right-aligned.</param>
/// <param name="Verb">Where the verbs begin.</param>
/// <param name="Session">Where the sessions' names begin.</param>
/// <param name="Token">Where the tokens begin.</param>
/// <param name="What">Where the files begin.</param>
/// <param name="Why">Where the reasons begin.</param>
internal readonly record struct StepColumns(int Number, int Verb, int Session, int Token, int What, int Why)
{
    private const int NumberMin = 4;
    private const int VerbWidth = 8;
    private const int SessionMin = 7;
    private const int SessionMax = 16;
    private const int TokenMin = 5;
    private const int TokenMax = 8;
    private const int WhatMin = 10;
    private const int WhatMax = 16;

    // So many steps of the beginning and of the jump's neighbourhood tell how wide the columns should be.
    private const int SampleMax = 256;

    /// <summary>Fits the columns to a run.</summary>
    public static StepColumns Fit(RunSteps run, StepRows rows)
    {
        int session = SessionMin;
        int token = TokenMin;
        int what = WhatMin;
        int stride = Math.Max(1, run.Count / SampleMax);
        for (int number = 1; number <= run.Count; number += stride)
        {
            StepRow row = rows.Row(number);
            session = Widest(session, row.Session, SessionMax);
            token = Widest(token, row.Token, TokenMax);
            what = Widest(what, row.What, WhatMax);
        }

        int width = Math.Max(NumberMin, TextLength(run.Count) + 1);
        int sessionColumn = width + 1 + VerbWidth + 1;
        int tokenColumn = sessionColumn + session + 2;
        int whatColumn = tokenColumn + token + 1;
        int whyColumn = whatColumn + what + 2;
        return new StepColumns(width, width + 1, sessionColumn, tokenColumn, whatColumn, whyColumn);
    }

    private static int Widest(int known, string text, int max) =>
        text.Length <= max ? Math.Max(known, text.Length) : known;

    private static int TextLength(int number) => number.ToString(CultureInfo.InvariantCulture).Length;
}
