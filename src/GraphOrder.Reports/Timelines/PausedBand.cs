namespace GraphOrder.Reports;

/// <summary>From when to when a guest is paused.</summary>
/// <param name="Pause">The phase of the pause.</param>
/// <param name="Resume">The phase of the resume.</param>
/// <param name="Span">From the start of the pause to the end of the resume.</param>
/// <param name="Label">What stands in it.</param>
/// <param name="Title">What is told where somebody points at it.</param>
internal sealed record PausedBand(Phase Pause, Phase Resume, StepSpan Span, string Label, string Title);
