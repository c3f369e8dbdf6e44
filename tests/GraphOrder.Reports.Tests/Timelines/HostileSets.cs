namespace GraphOrder.Reports.Tests.Timelines;

/// <summary>
/// Names that are markup, end a section of it, hold what XML forbids, run backwards or never end.
/// </summary>
internal static class HostileSets
{
    public static readonly string[] Names =
    [
        "<script>alert(1)</script>",
        "\"' onload=\"x",
        "]]>--><!-- &amp; &#0; &lt;",
        "a\nb\r\tc",
        "\u202etxt.exe",
        "\u0001\u0007\u001b[31m\ufffe",
        new string('w', 10_000),
        "\\",
        " ",
    ];

    public static SessionSet Of(bool isCyclic)
    {
        DependencyGraphBuilder builder = new();
        ObjectId? last = null;
        ObjectId? first = null;
        for (int i = 0; i < Names.Length; i++)
        {
            string session = Names[i].Length > 60 ? Names[i][..60] : Names[i];
            DependencyOrigin origin = new(DependencySource.Declared, DeclaredBy: Names[i], Why: Names[i]);
            builder.AddSession(session, out SessionId home)
                .AddFile(home, Names[i], ObjectKind.Memfd, out ObjectId file)
                .AddFile(home, session + "/" + Names[i], ObjectKind.Custom("x-" + Names[i]), out ObjectId own)
                .AddDependency(own, file, origin: origin);
            _ = last is { } before ? builder.AddDependency(file, before, origin: origin) : builder;
            first ??= file;
            last = file;
        }

        _ = isCyclic
            ? builder.AddDependency(
                first!.Value,
                last!.Value,
                origin: new DependencyOrigin(DependencySource.Declared, Why: Names[0]))
            : builder;
        return builder.BuildSet();
    }

    public static SessionSet Timed()
    {
        DependencyGraphBuilder builder = new();
        foreach (string name in Names)
        {
            string session = name.Length > 60 ? name[..60] : name;
            ObjectFacts facts = new() { Class = name, CostMicroseconds = [100, 1, 0, 0, 100, 7_000_000] };
            builder.SetLimit(name, 1)
                .AddSession(session, out SessionId home)
                .AddFile(home, name, ObjectKind.Memfd, out ObjectId file, facts: facts)
                .AddAct(home, name + "/pause", Phase.Preserve, out ObjectId pause, true)
                .AddAct(home, name + "/resume", Phase.Retrieve, out ObjectId resume)
                .AddDependency(file, pause)
                .AddDependency(resume, file)
                .SetBlackout(home, pause, resume);
        }

        return builder.BuildSet();
    }
}
