namespace GraphOrder;

/// <summary>What documents and reports call the parts of a comparison.</summary>
public static class ComparisonNames
{
    /// <summary>The name of a guard in documents.</summary>
    public static string Of(PageGuard guard) => guard switch
    {
        PageGuard.Pins => "pins",
        PageGuard.PreserveFlag => "preserveFlag",
        PageGuard.HandOver => "handOver",
        PageGuard.Seals => "seals",
        PageGuard.SealsWithHoles => "sealsWithHoles",
        PageGuard.UnknownSeals => "unknownSeals",
        PageGuard.Unsealed => "unsealed",
        _ => "released",
    };

    /// <summary>The code that explains a guard that lets pages go; null for one that does not.</summary>
    public static DiagnosticCode? CodeOf(PageGuard guard) => guard switch
    {
        PageGuard.SealsWithHoles => DiagnosticCode.OnlySeals,
        PageGuard.UnknownSeals => DiagnosticCode.SealsUnknown,
        PageGuard.Unsealed => DiagnosticCode.MissingSeals,
        PageGuard.Released => DiagnosticCode.ReleasedWhileMapped,
        _ => null,
    };

    /// <summary>What stands between, in a few words, for a guard that lets pages go.</summary>
    public static string WordsOf(PageGuard guard) => guard switch
    {
        PageGuard.SealsWithHoles => "from retrieve on only its seals protect it; they let holes be punched",
        PageGuard.UnknownSeals => "from retrieve on only its seals protect it, which the set does not say",
        PageGuard.Unsealed => "from retrieve on nothing does: no seal keeps it from shrinking",
        PageGuard.Released => "from its finish on nothing does, and what maps it is finished later",
        _ => "it is protected",
    };

    /// <summary>The name of a moment's phase in documents.</summary>
    public static string Of(Moment moment) => moment.Phase?.Name() ?? "kexec";

    /// <summary>The name of an entry of the bookkeeping in documents.</summary>
    public static string Of(BookkeepingKind kind) => kind switch
    {
        BookkeepingKind.SessionPlaces => "sessionPlaces",
        BookkeepingKind.SessionCounters => "sessionCounters",
        BookkeepingKind.Dependencies => "dependencies",
        BookkeepingKind.ObjectCounters => "objectCounters",
        BookkeepingKind.GlobalCounter => "globalCounter",
        BookkeepingKind.PushedFiles => "pushedFiles",
        _ => "admittedHwpts",
    };

    /// <summary>An entry of the bookkeeping in words, one of it and several.</summary>
    public static (string One, string Many) WordsOf(BookkeepingKind kind) => kind switch
    {
        BookkeepingKind.SessionPlaces => ("session in finish order", "sessions in finish order"),
        BookkeepingKind.SessionCounters => ("session counter", "session counters"),
        BookkeepingKind.Dependencies => ("dependency", "dependencies"),
        BookkeepingKind.ObjectCounters => ("object counter", "object counters"),
        BookkeepingKind.GlobalCounter => ("counter", "counters"),
        BookkeepingKind.PushedFiles => ("pushed file", "pushed files"),
        _ => ("HWPT", "HWPTs"),
    };

    /// <summary>The name of what waits in documents.</summary>
    public static string Of(StepUnit unit) => unit switch
    {
        StepUnit.Object => "object",
        StepUnit.Everything => "everything",
        _ => "session",
    };
}
