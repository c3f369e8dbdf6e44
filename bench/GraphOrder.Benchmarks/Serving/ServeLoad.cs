using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace GraphOrder.Benchmarks.Serving;

/// <summary>
/// A bounded load on a running <c>graph-order serve</c>: one connection in lockstep and with requests ahead,
/// and idle connections. Prints requests a second, quantiles of latency, and the server's memory.
/// </summary>
public static class ServeLoad
{
    private const int RequestCountMin = 200;
    private const int AheadCount = 8;
    private const int IdleCount = 1_000;

    /// <summary><c>--serve-load SOCKET [REQUESTS]</c>; for <c>-</c> the engine alone.</summary>
    public static int Run(string[] arguments)
    {
        int count = arguments.Length > 2 ? int.Parse(arguments[2], CultureInfo.InvariantCulture) : 20_000;
        count = Math.Max(RequestCountMin, count);
        Console.WriteLine($"request {GuestRequests.Plan.Length} bytes, {count} requests each");
        Engine("engine, set", GuestRequests.Plan, count);
        Engine("engine, unchanged graph", GuestRequests.Kept, 10 * count);
        if (arguments[1] == "-")
        {
            return 0;
        }

        using Socket client = Connect(arguments[1]);
        Exchange(client, GuestRequests.Declare, 1, 1, []);
        foreach ((string name, byte[] request) in ((string, byte[])[])
            [("set", GuestRequests.Plan), ("unchanged graph", GuestRequests.Kept)])
        {
            Exchange(client, request, count / 4, 1, []);
            Load($"socket, {name}, one at a time", client, request, count, 1);
            Load($"socket, {name}, {AheadCount} ahead", client, request, count, AheadCount);
        }

        Idle(arguments[1]);
        return 0;
    }

    private static void Engine(string name, byte[] request, int count)
    {
        RequestEngine engine = new();
        ArrayBufferWriter<byte> answer = new(1 << 17);
        engine.Answer(GuestRequests.Declare, answer);
        long checksum = 0;
        long start = 0;
        TimeSpan used = default;
        for (int i = -count / 2; i < count; i++)
        {
            start = i == 0 ? Stopwatch.GetTimestamp() : start;
            used = i == 0 ? Environment.CpuUsage.TotalTime : used;
            answer.ResetWrittenCount();
            engine.Answer(request, answer);
            checksum += i < 0 ? 0 : answer.WrittenCount;
        }

        double each = Stopwatch.GetElapsedTime(start).TotalMicroseconds / count;
        double processor = (Environment.CpuUsage.TotalTime - used).TotalMicroseconds / count;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-36} {1e6 / each,9:f0}/s  {each,8:f2} us each, {processor:f2} us of processor  "
            + $"checksum {checksum}"));
    }

    private static void Load(string name, Socket client, byte[] request, int count, int ahead)
    {
        double[] latencies = new double[count];
        long start = Stopwatch.GetTimestamp();
        long checksum = Exchange(client, request, count, ahead, latencies);
        double rate = count / Stopwatch.GetElapsedTime(start).TotalSeconds;
        Array.Sort(latencies);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-36} {rate,9:f0}/s  p50 {latencies[count / 2],7:f1} us  "
            + $"p99 {latencies[count / 100 * 99],7:f1} us  max {latencies[^1],8:f1} us  "
            + $"checksum {checksum}"));
    }

    // Sends so many ahead, then one for each answer. Each latency is from sending to the end of the answer.
    private static long Exchange(Socket client, byte[] request, int count, int ahead, double[] latencies)
    {
        Queue<long> sent = new();
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        int answered = 0;
        int asked = 0;
        while (answered < count)
        {
            while (asked < count && asked - answered < ahead)
            {
                sent.Enqueue(Stopwatch.GetTimestamp());
                client.Send(request);
                asked++;
            }

            int received = client.Receive(buffer);
            bytes += received;
            for (int lines = buffer.AsSpan(0, received).Count((byte)'\n'); lines > 0; lines--)
            {
                double latency = Stopwatch.GetElapsedTime(sent.Dequeue()).TotalMicroseconds;
                if (answered < latencies.Length)
                {
                    latencies[answered] = latency;
                }

                answered++;
            }
        }

        return bytes;
    }

    private static void Idle(string path)
    {
        int server = ProcessBehind(path);
        long before = ResidentKilobytes(server);
        Socket[] idle = [.. Enumerable.Range(0, IdleCount).Select(_ => Connect(path))];
        foreach (Socket client in idle)
        {
            Exchange(client, GuestRequests.Kept, 1, 1, []);
        }

        // Longer than the server waits before it gives memory back.
        Thread.Sleep(4_000);
        long after = ResidentKilobytes(server);
        Console.WriteLine($"{IdleCount} idle connections: {before} KB before, {after} KB with them");
        foreach (Socket client in idle)
        {
            client.Dispose();
        }
    }

    private static Socket Connect(string path)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        {
            ReceiveTimeout = 30_000,
            SendTimeout = 30_000,
        };
        socket.Connect(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    // SO_PEERCRED of a socket that is connected: who listened (unix(7)).
    private static int ProcessBehind(string path)
    {
        using Socket client = Connect(path);
        Span<byte> credentials = stackalloc byte[12];
        client.GetRawSocketOption(1, 17, credentials);
        return BitConverter.ToInt32(credentials);
    }

    private static long ResidentKilobytes(int process) => long.Parse(
        File.ReadLines($"/proc/{process}/status")
            .First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Split(':')[1].Replace("kB", "", StringComparison.Ordinal).Trim(),
        CultureInfo.InvariantCulture);
}
