namespace GraphOrder.Fuzz;

/// <summary>A reader broke a promise: what it says is the finding.</summary>
internal sealed class FindingException(string message) : Exception(message);
