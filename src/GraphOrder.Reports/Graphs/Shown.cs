namespace GraphOrder.Reports;

/// <summary>Names as a node shows them: long ones lose their middle, for want of room.</summary>
internal static class Shown
{
    /// <summary>The longest name of a node.</summary>
    public const int NameMax = 36;

    /// <summary>The longest text of a title.</summary>
    public const int TitleMax = 80;

    private const string Gap = "...";

    /// <summary>A printable name of at most so many characters.</summary>
    public static string Name(string name, int max)
    {
        int head = (max - Gap.Length + 1) / 2;
        return name.Length <= max ? name : $"{name[..head]}{Gap}{name[^(max - Gap.Length - head)..]}";
    }
}
