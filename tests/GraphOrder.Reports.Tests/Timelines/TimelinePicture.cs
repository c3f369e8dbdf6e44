using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace GraphOrder.Reports.Tests.Timelines;

/// <summary>
/// A timeline that was written and read again, by a reader that takes well-formed XML alone.
/// </summary>
internal sealed class TimelinePicture
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly Dictionary<string, double> Sizes = new() { ["h"] = 17, ["b"] = 12, ["s"] = 10.5 };

    private TimelinePicture(string text, PlanPicture picture)
    {
        Text = text;
        Picture = picture;
        using XmlReader reader = XmlReader.Create(
            new StringReader(text),
            new XmlReaderSettings { CheckCharacters = true, DtdProcessing = DtdProcessing.Prohibit });
        Root = XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
    }

    public string Text { get; }

    public PlanPicture Picture { get; }

    public XElement Root { get; }

    public double Width => Double(Root, "width");

    public double Height => Double(Root, "height");

    public IEnumerable<XElement> Texts => Root.Descendants(Svg + "text");

    public IEnumerable<XElement> Parts => Of("g", "part");

    /// <summary>Bars of one object or session, with what is told of each.</summary>
    public IEnumerable<(XElement Bar, string Title)> Bars =>
        from row in Of("g", "row")
        from bar in row.Elements(Svg + "rect")
        select (bar, bar.Element(Svg + "title")!.Value);

    public IEnumerable<(XElement Band, string Title)> Titled(string kind) =>
        from shape in Root.Descendants()
        where Has(shape, kind) && shape.Element(Svg + "title") is not null
        select (shape, shape.Element(Svg + "title")!.Value);

    public IEnumerable<XElement> Of(string element, string kind) =>
        Root.Descendants(Svg + element).Where(each => Has(each, kind));

    public static bool Has(XElement element, string kind) =>
        ((string?)element.Attribute("class") ?? "").Split(' ').Contains(kind);

    public static double Double(XElement element, string attribute) =>
        double.Parse((string)element.Attribute(attribute)!, CultureInfo.InvariantCulture);

    public static long Long(XElement element, string attribute) =>
        long.Parse((string)element.Attribute(attribute)!, CultureInfo.InvariantCulture);

    /// <summary>What a text says, without what is told where somebody points at it.</summary>
    public static string Words(XElement text) =>
        string.Concat(text.Nodes().OfType<XText>().Select(static node => node.Value));

    public string AllWords => string.Join('\n', Texts.Select(Words));

    /// <summary>
    /// The widest box that a text can have: 0.62 of the size a character, which no fixed-width face of a
    /// system reaches.
    /// </summary>
    public static (double X, double Y, double EndX, double EndY) BoxOf(XElement text)
    {
        string[] classes = ((string)text.Attribute("class")!).Split(' ');
        double size = Sizes[classes[0]];
        double width = Words(text).Length * size * 0.62;
        double x = Double(text, "x");
        x -= (string?)text.Attribute("text-anchor") switch { "end" => width, "middle" => width / 2, _ => 0 };
        double y = Double(text, "y");
        return (x, y - 0.75 * size, x + width, y + 0.25 * size);
    }

    public static TimelinePicture Of(
        SessionSet set, string? models = null, string name = "set.json", ScheduleOptions? schedule = null)
    {
        KernelPair kernels = models is null ? KernelPair.Of(set.Host) : Sample.Kernels(models);
        PlanAnswer answer = PlanRequest.Answer(set, kernels, null, null, schedule ?? ScheduleOptions.Default);
        PlanPicture picture = new()
        {
            Set = set,
            Kernels = kernels,
            Result = answer.Result,
            Repairs = answer.Repairs,
            Schedule = answer.Schedule,
            Report = Sample.Options(name),
        };
        return new TimelinePicture(Written(picture), picture);
    }

    public static string Written(PlanPicture picture)
    {
        StringWriter output = new(new StringBuilder(), CultureInfo.InvariantCulture);
        SvgTimeline.Write(output, picture);
        return output.ToString();
    }
}
