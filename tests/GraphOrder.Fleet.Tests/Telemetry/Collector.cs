using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace GraphOrder.Fleet.Tests.Telemetry;

/// <summary>Takes what comes over OTLP, as a collector does, and keeps it.</summary>
internal sealed class Collector : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, byte[]> _last = new();

    public Collector()
    {
        Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}");
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = TakeAsync();
    }

    /// <summary>Where it is.</summary>
    public string Address { get; }

    /// <summary>
    /// Waits until something has come to a path that holds the text; false where it does not.
    /// </summary>
    public bool Takes(string path, string text)
    {
        byte[] wanted = System.Text.Encoding.UTF8.GetBytes(text);
        for (int i = 0; i < 600; i++)
        {
            if (_last.TryGetValue(path, out byte[]? all) && all.AsSpan().IndexOf(wanted) >= 0)
            {
                return true;
            }

            Thread.Sleep(100);
        }

        return false;
    }

    public void Dispose() => _listener.Close();

    private async Task TakeAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                using MemoryStream body = new();
                await context.Request.InputStream.CopyToAsync(body);
                _last.AddOrUpdate(
                    context.Request.Url!.AbsolutePath,
                    body.ToArray(),
                    (_, before) => [.. before, .. body.ToArray()]);
                context.Response.Close();
            }
        }
        catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
