using System.Text;

namespace GraphOrder.Reports;

/// <summary>
/// Colours in light and dark, and what paper gets. The plain rules come first, for readers that know no
/// questions about the screen.
/// </summary>
internal static class SvgStyle
{
    // What is coloured, how, and in which colour in light and dark.
    private static readonly (string Selector, string Property, string Light, string Dark)[] Colours =
    [
        (".paper", "fill", "#ffffff", "#0d1117"),
        ("text", "fill", "#1f2328", "#e6edf3"),
        ("text.muted", "fill", "#59636e", "#9198a1"),
        ("text.ok", "fill", "#116329", "#6fdd8b"),
        ("text.warn", "fill", "#7a4d00", "#e3b341"),
        ("text.danger", "fill", "#b42318", "#ff8f87"),
        ("text.on", "fill", "#ffffff", "#0d1117"),
        ("text.halo", "stroke", "#ffffff", "#0d1117"),
        (".preserve", "fill", "#0550ae", "#79c0ff"),
        (".done", "stroke", "#0550ae", "#79c0ff"),
        (".freeze", "fill", "#59636e", "#9198a1"),
        (".retrieve", "fill", "#116329", "#6fdd8b"),
        (".finish", "fill", "#7a4d00", "#e3b341"),
        (".act", "fill", "#1f2328", "#e6edf3"),
        (".paused", "fill", "#e3b341", "#e3b341"),
        (".edge,.break", "stroke", "#59636e", "#9198a1"),
        (".grid", "stroke", "#d1d9e0", "#30363d"),
        (".kexec", "stroke", "#1f2328", "#e6edf3"),
        (".jump", "fill", "#59636e", "#9198a1"),
        (".use", "fill", "#0550ae", "#79c0ff"),
        (".card", "fill", "#f6f8fa", "#151b23"),
        (".card,.limit", "stroke", "#59636e", "#9198a1"),
        (".chain,.link", "stroke", "#b42318", "#ff8f87"),
        (".flow,.back", "stroke", "#b42318", "#ff8f87"),
        (".tip", "fill", "#b42318", "#ff8f87"),
    ];

    /// <summary>Writes the rules.</summary>
    public static void Write(SvgWriter svg)
    {
        StringBuilder rules = new();
        rules.Append("svg{max-width:100%;height:auto;color-scheme:light dark}\n")
            .Append("text{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,\"Liberation Mono\",")
            .Append("\"DejaVu Sans Mono\",monospace;white-space:pre}\n");
        foreach (SvgFont font in (SvgFont[])[SvgFont.Title, SvgFont.Body, SvgFont.Small])
        {
            rules.Append('.').Append(font.Class).Append("{font-size:")
                .Append(SvgWriter.Number(font.Size)).Append("px}\n");
        }

        rules.Append(".h,.strong{font-weight:700}\n")
            .Append(".halo{paint-order:stroke;stroke-width:3px;stroke-linejoin:round}\n")
            .Append(".many{fill-opacity:.45}\n.paused{fill-opacity:.2}\n.jump{fill-opacity:.16}\n")
            .Append(".use{fill-opacity:.55}\n.done{fill-opacity:.15;stroke-width:1px;stroke-dasharray:3 2}\n")
            .Append(".edge,.break,.grid,.limit,.kexec,.link,.flow,.back{fill:none}\n")
            .Append(".kexec,.flow,.back{stroke-width:2px}\n.chain{stroke-width:2.5px}\n")
            .Append(".link{stroke-width:2.5px;stroke-linecap:square}\n.zigzag{stroke-width:1.5px}\n")
            .Append(".limit,.back{stroke-dasharray:5 3}\n.break{stroke-dasharray:2 3}\n");
        Append(rules, static colour => colour.Light, "", "");
        Append(
            rules, static colour => colour.Dark, "@media screen and (prefers-color-scheme:dark){\n", "}\n");
        rules.Append("@media print{svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}")
            .Append("text.muted{fill:#1f2328}}\n");
        svg.Style(rules.ToString());
    }

    private static void Append(
        StringBuilder rules,
        Func<(string Selector, string Property, string Light, string Dark), string> of,
        string begin,
        string end)
    {
        rules.Append(begin);
        foreach ((string Selector, string Property, string Light, string Dark) colour in Colours)
        {
            rules.Append(colour.Selector).Append('{').Append(colour.Property).Append(':')
                .Append(of(colour)).Append("}\n");
        }

        rules.Append(end);
    }
}
