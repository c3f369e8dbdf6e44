using System.Globalization;
using System.Text;

namespace GraphOrder.Reports;

/// <summary>Draws a lane for each limited class: how many of its places are taken when.</summary>
internal static class ClassLanes
{
    private const double LaneHeight = 34;
    private const double UseHeight = 22;
    private const double Gap = 14;
    private const int LanesMax = 12;
    private const int NameColumns = 14;
    private const int ExactMax = 400;
    private const int EmptyPlacesMax = 4;

    /// <summary>The height of all lanes.</summary>
    public static double Height(LimitedClasses classes) =>
        classes.Names.Count == 0 ? 0 : LaneHeight * Math.Min(LanesMax, classes.Names.Count) + Gap;

    /// <summary>The width that their names take, with the gap to the lanes.</summary>
    public static double LabelWidth(LimitedClasses classes)
    {
        double widest = 0;
        for (int held = 0; held < Math.Min(LanesMax, classes.Names.Count); held++)
        {
            int places = classes.PlacesOf(held);
            double name = SvgFont.Body.WidthOf(NameOf(classes, held));
            widest = Math.Max(widest, name + SvgFont.Small.WidthOf(Taken(places, places)) + 2 * Gap);
        }

        return widest;
    }

    /// <summary>Draws them from a line down; what has no lane is told by the legend.</summary>
    public static void Draw(
        SvgWriter svg, TimelineAxis axis, LimitedClasses classes, List<ClassUse> uses, double left, double y)
    {
        for (int held = 0; held < Math.Min(LanesMax, classes.Names.Count); held++)
        {
            double floor = y + LaneHeight;
            ClassUse[] own = [.. uses.Where(use => use.Held == held)];
            int most = own.Length == 0 ? 0 : own.Max(static use => use.Places);
            int places = classes.PlacesOf(held);
            double unit = UseHeight / Math.Max(1, Math.Min(places, (long)EmptyPlacesMax * Math.Max(1, most)));
            string name = PlainText.Id(classes.Names[held]);
            svg.Open("g", ("class", "lane"));
            svg.Text(
                left, floor - 5, SvgFont.Body, NameOf(classes, held), "strong",
                title: $"class {name}: {Plural.Of(places, "place")}");
            svg.Text(
                axis.X - Gap, floor - 5, SvgFont.Small, Taken(most, places), "muted", "end");
            DrawUses(svg, axis, own, name, places, floor, unit);
            svg.Line(left, floor, axis.EndX, floor, "grid");
            double limit = floor - Math.Min(UseHeight, places * unit);
            svg.Line(axis.X, limit, axis.EndX, limit, "limit");
            svg.Close("g");
            y = floor;
        }
    }

    /// <summary>The classes that have no lane; empty where all have one.</summary>
    public static string Left(LimitedClasses classes) => classes.Names.Count <= LanesMax
        ? ""
        : Plural.Of(classes.Names.Count - LanesMax, "more limited class", "more limited classes")
            + " without a lane.";

    private static string NameOf(LimitedClasses classes, int held) =>
        "class " + SvgFont.Elided(PlainText.Id(classes.Names[held]), NameColumns);

    private static string Taken(int most, int places) =>
        string.Create(CultureInfo.InvariantCulture, $"most {most} of {places} taken");

    private static void DrawUses(
        SvgWriter svg, TimelineAxis axis, ClassUse[] own, string name, int places, double floor, double unit)
    {
        if (own.Length <= ExactMax)
        {
            foreach (ClassUse use in own)
            {
                double x = axis.At(use.Phase, use.Span.Start);
                double width = Math.Max(0.5, axis.At(use.Phase, use.Span.End) - x);
                string title = $"{use.Places} of {places} of {name} taken, {use.Phase.Name()}, from "
                    + $"{Milliseconds.Of(use.Span.Start)} to {Milliseconds.Of(use.Span.End)}";
                double height = Math.Min(UseHeight, use.Places * unit);
                svg.Rect(new SvgBox(x, floor - height, width, height), "use", title);
            }

            return;
        }

        // Of very many, the most that are taken in each pixel.
        int first = (int)axis.X;
        int[] most = new int[(int)axis.EndX - first + 2];
        foreach (ClassUse use in own)
        {
            int from = (int)axis.At(use.Phase, use.Span.Start) - first;
            int to = (int)axis.At(use.Phase, use.Span.End) - first;
            for (int pixel = from; pixel <= to; pixel++)
            {
                most[pixel] = Math.Max(most[pixel], use.Places);
            }
        }

        StringBuilder path = new();
        path.Append(CultureInfo.InvariantCulture, $"M{first} {SvgWriter.Number(floor)}");
        for (int pixel = 0; pixel < most.Length; pixel++)
        {
            double height = Math.Min(UseHeight, most[pixel] * unit);
            path.Append('V').Append(SvgWriter.Number(floor - height)).Append("h1");
        }

        path.Append('V').Append(SvgWriter.Number(floor)).Append('Z');
        svg.Path(path.ToString(), "use", $"{name}: the most places taken in each pixel");
    }
}
