using Microsoft.Extensions.Logging;

namespace GraphOrder.Extensions;

/// <summary>What is logged; each message has one place here.</summary>
internal static partial class GraphOrderLog
{
    [LoggerMessage(1, LogLevel.Debug, "Planned {Objects} objects under {Model} in {Milliseconds:0.###} ms.")]
    public static partial void Planned(ILogger logger, int objects, string model, double milliseconds);

    [LoggerMessage(
        2, LogLevel.Warning, "No legal plan of {Objects} objects under {Model}: {Code}: {Message}")]
    public static partial void Refused(
        ILogger logger, int objects, string model, string code, string message);

    [LoggerMessage(3, LogLevel.Information, "Serving requests on {Place} for {Model}.")]
    public static partial void Serving(ILogger logger, string place, string model);

    [LoggerMessage(4, LogLevel.Information, "Served: {Connections} connections were open.")]
    public static partial void Served(ILogger logger, int connections);

    [LoggerMessage(5, LogLevel.Warning, "A client was turned away: {Reason}")]
    public static partial void TurnedAway(ILogger logger, string reason);

    [LoggerMessage(6, LogLevel.Error, "A request failed inside: {Answer}")]
    public static partial void Failed(ILogger logger, string answer);

    [LoggerMessage(7, LogLevel.Error, "A connection broke inside.")]
    public static partial void Broke(ILogger logger, Exception defect);
}
