namespace GraphOrder;

internal static class KernelAcceptance
{
    public static void Check(DependencyGraph graph, KernelPair kernels, DiagnosticList diagnostics)
    {
    }
}

internal static class DiagnosticSentences
{
    public static string Sentence(Diagnostic diagnostic) => string.Join("; ", diagnostic.Facts);

    public static string Message(Diagnostic diagnostic) => Sentence(diagnostic);

    public static string WayOut(Diagnostic diagnostic) => "";
}
