namespace GraphOrder;

/// <summary>How grave a diagnostic is.</summary>
public enum DiagnosticSeverity : byte
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>The order stands; something speaks against running it.</summary>
    Warning,

    /// <summary>There is no answer.</summary>
    Error,
}
