namespace GraphOrder;

/// <summary>
/// What can be said of a diagnostic code. In <see cref="Sentence"/> and <see cref="WayOut"/> a name in
/// braces stands for the fact of that name, <c>{0}</c> for the first subject and <c>{*}</c> for all of
/// them; a part in brackets is left out where one of its facts is not there, or gives way to the next one
/// behind an upright line. Immutable.
/// </summary>
/// <param name="Code">The code.</param>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Sentence">What is wrong, with which object, where.</param>
/// <param name="WayOut">One way out; empty where nothing needs to be done.</param>
/// <param name="Explanation">What it means and what to do, for <c>explain</c>.</param>
public sealed record DiagnosticEntry(
    DiagnosticCode Code,
    string Title,
    string Sentence,
    string WayOut,
    string Explanation);
