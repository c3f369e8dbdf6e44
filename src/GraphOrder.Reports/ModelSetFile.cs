namespace GraphOrder.Reports;

/// <summary>How the files of <c>models --write</c> are called.</summary>
public static class ModelSetFile
{
    /// <summary>
    /// <c>explicit-graph-not-linux-7.3.json</c>: what the first takes and the second refuses.
    /// </summary>
    /// <param name="difference">The difference.</param>
    /// <remarks>What cannot stand in the name of a file is written as <c>_</c>.</remarks>
    public static string NameOf(ModelDifference difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        string name = $"{difference.Legal}-not-{difference.Illegal}";
        return string.Concat(name.Select(
            static each => char.IsAsciiLetterOrDigit(each) || each is '.' or '-' ? each : '_')) + ".json";
    }
}
