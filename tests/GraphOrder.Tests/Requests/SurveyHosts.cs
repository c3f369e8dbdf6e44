using System.Text;

namespace GraphOrder.Tests.Requests;

/// <summary>Hosts for a survey, and what a survey of them says.</summary>
internal static class SurveyHosts
{
    /// <summary>A host with a set that is there already.</summary>
    public static SurveyHost Of(string name, SessionSet set) => new(name, _ => set);

    /// <summary>A host with a document that is read anew each time.</summary>
    public static SurveyHost Of(string name, string document) => new(
        name,
        cancellation => SessionSet.Read(
            new MemoryStream(Encoding.UTF8.GetBytes(document)), name, cancellation));

    /// <summary>Two sessions each of which needs memory of the other, in some phases.</summary>
    /// <param name="prefix">What makes its ids its own.</param>
    /// <param name="phases">The phases that both dependencies bind in.</param>
    /// <param name="kind">The kind of what needs.</param>
    /// <param name="isTurned">Whether the second session stands first in the document.</param>
    public static SessionSet Crossed(
        string prefix, PhaseSet phases, ObjectKind? kind = null, bool isTurned = false)
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder()
            .AddSession($"{prefix}-1", out SessionId one)
            .AddSession($"{prefix}-2", out SessionId two);
        (SessionId first, SessionId second) = isTurned ? (two, one) : (one, two);
        builder.AddFile(first, $"{prefix}/a", kind ?? ObjectKind.Memfd, out ObjectId a)
            .AddFile(first, $"{prefix}/b", ObjectKind.Memfd, out ObjectId b)
            .AddFile(second, $"{prefix}/c", ObjectKind.Memfd, out ObjectId c)
            .AddFile(second, $"{prefix}/d", ObjectKind.Memfd, out ObjectId d);
        return builder.AddDependency(a, d, phases: phases).AddDependency(c, b, phases: phases).BuildSet();
    }

    /// <summary>A set that every kernel takes.</summary>
    public static SessionSet Ready(string prefix) => new DependencyGraphBuilder()
        .AddSession(prefix, out SessionId session)
        .AddFile(session, $"{prefix}/ram", ObjectKind.Memfd, out _)
        .BuildSet();

    /// <summary>A survey as its document has it.</summary>
    public static string Document(Survey survey)
    {
        using MemoryStream stream = new();
        SurveyWriter.Write(stream, survey);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
