using System.Text;

namespace GraphOrder.Tests.Documents;

/// <summary>What is given for a session set and is none says what it is.</summary>
[TestFixture]
public sealed class ForeignTextTests
{
    private const string Usual = "Check the quotes, commas and brackets just before this place.";

    [TestCase("<?xml version=\"1.0\"?>\n<graphml xmlns=\"x\">", "This looks like GraphML: use graph-order import graphml.")]
    [TestCase("\uFEFF  <graphml/>", "This looks like GraphML: use graph-order import graphml.")]
    [TestCase("<svg/>", Usual)]
    [TestCase("digraph { }", "This looks like DOT: use graph-order import dot.")]
    [TestCase("// one line\n# another\nstrict digraph g { }", "This looks like DOT: use graph-order import dot.")]
    [TestCase("// never ends", Usual)]
    [TestCase("x", Usual)]
    [TestCase("{ \"schema\": digraph }", Usual)]
    public void The_way_out_names_the_import(string text, string wayOut)
    {
        MalformedDocumentException? refused = Assert.Throws<MalformedDocumentException>(
            () => SessionSet.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))));

        Assert.That(refused!.Diagnostics.Single().Code, Is.EqualTo(DiagnosticCode.SyntaxError));
        Assert.That(DiagnosticSentences.WayOut(refused.Diagnostics[0]), Is.EqualTo(wayOut));
        Assert.That(DiagnosticSentences.Sentence(refused.Diagnostics[0]), Does.StartWith("This is not JSON: "));
    }

    [TestCase("{")]
    [TestCase("{ \"schema\": \"graphorder/ses")]
    [TestCase("{ \"schema\": tr")]
    [TestCase("{ \"sessions\": [\n")]
    public void A_document_that_ends_too_early_says_that_it_was_cut_off(string text)
    {
        MalformedDocumentException? refused = Assert.Throws<MalformedDocumentException>(
            () => SessionSet.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))));

        Assert.That(DiagnosticSentences.Message(refused!.Diagnostics.Single()), Is.EqualTo(
            "The document ends too early: it was cut off, or a bracket or a quote in it is not closed. "
            + "Check that what wrote it ran to its end, and fetch it again."));
    }
}
