using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GraphOrder.Kernel.Tests;

/// <summary>
/// The script that builds the kernel, as far as a test goes: what is not served or not there ends it with one
/// sentence and 3. A folder served here stands for the mirror.
/// </summary>
[TestFixture]
public sealed class BuildKernelTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Test]
    public void A_suite_that_is_not_served_is_one_sentence()
    {
        (int? exitCode, string output) = Run(_ => null);

        Assert.That(exitCode, Is.EqualTo(3), output);
        Assert.That(output, Does.Match(
            "^build-kernel.sh: the mirror of this machine does not serve trixie-backports \\(E: .*\\)\\.\n$"));
    }

    [Test]
    public void A_package_that_is_not_in_the_suite_is_one_sentence()
    {
        (int? exitCode, string output) = Run(Serve("Package: linux-source-6.12\nVersion: 6.12\n"));

        Assert.That(exitCode, Is.EqualTo(3), output);
        Assert.That(output, Is.EqualTo(
            "build-kernel.sh: trixie-backports on the mirror of this machine has no package linux-source-7.3.\n"));
    }

    [Test]
    public void A_package_that_is_there_is_found_and_nothing_is_installed()
    {
        (int? exitCode, string output) = Run(Serve(
            "Package: linux-source-7.3\nVersion: 7.3.4-1~bpo13+1\nArchitecture: all\nSize: 1\n"
            + "Filename: pool/a.deb\nSHA256: " + new string('0', 64) + "\n"));

        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output, Is.EqualTo("linux-source-7.3 7.3.4-1~bpo13+1\n"));
    }

    [Test]
    public void A_program_that_is_missing_is_one_sentence()
    {
        Command.Demand("apt-get");
        string bare = Directory.CreateTempSubdirectory("graph-order-path-").FullName;
        try
        {
            foreach (string program in (string[])["bash", "dirname"])
            {
                File.CreateSymbolicLink(Path.Combine(bare, program), $"/usr/bin/{program}");
            }

            (int? exitCode, string output) = Command.Run(
                Limit, new() { ["PATH"] = bare }, "/usr/bin/bash", Script, bare);
            Assert.That(exitCode, Is.EqualTo(3), output);
            Assert.That(output, Is.EqualTo(
                "build-kernel.sh: apt-get is missing; install it and run this again.\n"));
        }
        finally
        {
            Directory.Delete(bare, recursive: true);
        }
    }

    private static string Script => Repository.In("tests", "kernel", "build-kernel.sh");

    private static Func<string, string?> Serve(string packages) => path => path switch
    {
        "/mirror/dists/trixie-backports/Release" =>
            "Origin: Debian Backports\nSuite: trixie-backports\nCodename: trixie-backports\nComponents: main\n"
            + "Architectures: amd64 arm64\nDate: Thu, 01 Oct 2026 00:00:00 UTC\nSHA256:\n"
            + Listed(packages, "main/binary-amd64/Packages") + Listed(packages, "main/binary-arm64/Packages"),
        "/mirror/dists/trixie-backports/main/binary-amd64/Packages" => packages,
        "/mirror/dists/trixie-backports/main/binary-arm64/Packages" => packages,
        _ => null,
    };

    private static string Listed(string text, string path)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        string digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        return $" {digest} {bytes.Length} {path}\n";
    }

    // The stand-in signs nothing, so it is a source that is trusted.
    private static (int? ExitCode, string Output) Run(Func<string, string?> answer)
    {
        Command.Demand("apt-get");
        string folder = Directory.CreateTempSubdirectory("graph-order-apt-").FullName;
        using Mirror mirror = new(answer);
        try
        {
            return Command.Run(
                Limit,
                new()
                {
                    ["GRAPHORDER_MIRROR"] = mirror.Address,
                    ["GRAPHORDER_MIRROR_TRUSTED"] = "1",
                    ["GRAPHORDER_ONLY_LOOK"] = "1",
                    ["http_proxy"] = null,
                    ["no_proxy"] = "127.0.0.1",
                },
                Script,
                folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Answers requests for paths with texts, and all others with 404.</summary>
    private sealed class Mirror : IDisposable
    {
        private readonly HttpListener _listener = new();

        public Mirror(Func<string, string?> answer)
        {
            using TcpListener free = new(IPAddress.Loopback, 0);
            free.Start();
            int port = ((IPEndPoint)free.LocalEndpoint).Port;
            free.Stop();
            Address = $"http://127.0.0.1:{port}/mirror";
            _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            _listener.Start();
            _ = Task.Run(() => Answer(answer));
        }

        public string Address { get; }

        public void Dispose() => _listener.Close();

        private void Answer(Func<string, string?> answer)
        {
            try
            {
                while (true)
                {
                    HttpListenerContext context = _listener.GetContext();
                    string? text = answer(context.Request.Url!.AbsolutePath);
                    context.Response.StatusCode = text is null ? 404 : 200;
                    context.Response.Close(Encoding.UTF8.GetBytes(text ?? ""), willBlock: true);
                }
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                // Closed: the test is over.
            }
        }
    }
}
