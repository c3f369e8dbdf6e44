namespace GraphOrder.Reports.Tests;

[TestFixture]
public sealed class GeneratedSetTests
{
    private const int Width = 80;

    private static IEnumerable<string> Shapes =>
        SessionSetGenerator.Shapes.Select(static shape => shape.Name);

    [TestCaseSource(nameof(Shapes))]
    public void Every_shape_prints_in_ascii_and_in_eighty_columns(string shape)
    {
        string report = Sample.Report(
            SessionSetGenerator.Generate(shape, GeneratorOptions.Default), Sample.Options(shape + ".json"));
        Assert.Multiple(() =>
        {
            Assert.That(report, Does.Match("^[ -~\n]*$"));
            Assert.That(Sample.Lines(report), Has.All.Length.AtMost(Width));
        });
    }

    [TestCaseSource(nameof(Shapes))]
    public void Every_shape_is_compared_in_ascii_and_in_eighty_columns(string shape)
    {
        string report = Sample.Comparison(
            SessionSetGenerator.Generate(shape, GeneratorOptions.Default), Sample.Options(shape + ".json"));
        Assert.Multiple(() =>
        {
            Assert.That(report, Does.Match("^[ -~\n]*$"));
            Assert.That(Sample.Lines(report), Has.All.Length.AtMost(Width));
            Assert.That(Sample.Lines(report), Has.Length.LessThan(100), "many memfds fold");
        });
    }

    [TestCase("vm-host")]
    [TestCase("microvm")]
    public void A_host_of_equal_guests_prints_on_one_screen(string shape)
    {
        string report = Sample.Report(
            SessionSetGenerator.Generate(shape, GeneratorOptions.Default), Sample.Options(shape + ".json"));
        Assert.That(Sample.Lines(report), Has.Length.LessThan(60));
    }
}
