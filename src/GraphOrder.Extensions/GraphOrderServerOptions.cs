namespace GraphOrder.Extensions;

/// <summary>Where and how a host answers requests over a socket.</summary>
public sealed class GraphOrderServerOptions
{
    /// <summary>The path to listen on; null where systemd hands over a socket.</summary>
    public string? SocketPath { get; set; }

    /// <summary>Limits and users.</summary>
    public ServerOptions Limits { get; set; } = ServerOptions.Default;
}
