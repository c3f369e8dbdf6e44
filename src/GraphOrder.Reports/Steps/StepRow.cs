namespace GraphOrder.Reports;

/// <summary>One step as the list shows it: text in columns.</summary>
/// <param name="Number">Its number, or a range of numbers.</param>
/// <param name="Verb">What the caller does; empty for folded steps.</param>
/// <param name="Session">The session's name; empty for the jump.</param>
/// <param name="Token">The token; empty where there is none.</param>
/// <param name="What">The file and how many objects travel in it.</param>
/// <param name="Why">Why it stands here; empty where the order of the document decides.</param>
/// <param name="Kernel">What the kernel does by itself then; empty where it does nothing.</param>
internal readonly record struct StepRow(
    string Number,
    string Verb,
    string Session,
    string Token,
    string What,
    string Why,
    string Kernel);
