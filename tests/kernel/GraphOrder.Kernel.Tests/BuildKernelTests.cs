using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GraphOrder.Kernel.Tests;

/// <summary>
/// The script that builds the kernel: what is not served or not there ends it with one sentence and 3. A
/// folder served here stands for the mirror, and programs of the test for those that fetch and build.
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

    [Test]
    public void A_package_that_is_listed_and_not_given_out_is_one_sentence()
    {
        (int? exitCode, string output) = Build(
            "echo 'Err:1 http://a pool/a.deb'; echo 'E: Failed to fetch a.deb  404  Not Found' >&2; exit 100", "exit 9");

        Assert.That(exitCode, Is.EqualTo(3), output);
        Assert.That(output, Is.EqualTo(
            "linux-source-7.3 7.3.4-1\nbuild-kernel.sh: the mirror of this machine does not give out "
                + "linux-source-7.3 7.3.4-1 (E: Failed to fetch a.deb  404  Not Found).\n"));
    }

    [TestCase("echo 'dpkg-deb: error: no archive' >&2; exit 2")]
    [TestCase("mkdir -p \"$3/usr/src\"")]
    public void A_package_without_the_source_is_one_sentence(string unpack)
    {
        (int? exitCode, string output) = Build(Download, unpack);

        Assert.That(exitCode, Is.EqualTo(3), output);
        Assert.That(output, Is.EqualTo(
            "linux-source-7.3 7.3.4-1\nbuild-kernel.sh: what the mirror gave as linux-source-7.3 7.3.4-1 holds no "
                + "usr/src/linux-source-7.3.tar.xz; try another mirror.\n"));
    }

    [Test]
    public void What_is_given_out_is_unpacked_and_built_with_the_configuration_beside_the_script()
    {
        const string unpack = """
            mkdir -p "$3/usr/src" top/linux && echo of-the-package >top/linux/Makefile
            tar -cJf "$3/usr/src/linux-source-7.3.tar.xz" -C top linux
            """;
        const string make = """
            [ "$(cat source/Makefile)" = of-the-package ] && mkdir -p objects/arch/x86/boot
            for word in "$@"; do [ "$word" != bzImage ] || echo "${*#*O=}" >objects/arch/x86/boot/bzImage; done
            for word in "$@"; do case "$word" in KCONFIG_ALLCONFIG=*) head -c 1 "${word#*=}" >>made;; esac; done
            """;
        string? image = null;
        (int? exitCode, string output) = Build(Download, unpack, make, folder =>
        {
            image = File.ReadAllText(Path.Combine(folder, "bzImage"));
            Assert.That(Path.Combine(folder, "made"), Does.Exist);
        });

        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output, Does.Match("^linux-source-7.3 7.3.4-1\nGRAPHORDER_KERNEL=/.*/bzImage\n$"));
        Assert.That(image, Does.Contain("ARCH=x86").And.Contain("bzImage"));
    }

    private const string Download = "echo an-archive >linux-source-7.3_7.3.4-1_all.deb";

    // With the test's own programs nothing is fetched, and nothing is built.
    private static (int? ExitCode, string Output) Build(
        string download, string unpack, string make = "exit 9", Action<string>? look = null)
    {
        Command.Demand("xz");
        string folder = Directory.CreateTempSubdirectory("graph-order-build-").FullName;
        string programs = Directory.CreateTempSubdirectory("graph-order-path-").FullName;
        try
        {
            foreach (string missing in (string[])["gcc", "flex", "bison", "bc", "perl", "lz4"])
            {
                AddProgram(programs, missing, "exit 0");
            }

            AddProgram(programs, "apt-get", $"case \" $* \" in *' download linux-source-7.3=7.3.4-1 ') {download};; esac");
            AddProgram(programs, "apt-cache", "echo 'Package: linux-source-7.3'; echo 'Version: 7.3.4-1'");
            AddProgram(programs, "dpkg-deb", unpack);
            AddProgram(programs, "make", make);

            // What an older build has left is not taken for the new package.
            File.WriteAllText(Path.Combine(folder, "linux-source-7.3_7.3.1-1_all.deb"), "old");
            (int?, string) result = Command.Run(
                Limit,
                new()
                {
                    ["GRAPHORDER_MIRROR"] = "http://127.0.0.1/mirror",
                    ["GRAPHORDER_ONLY_LOOK"] = null,
                    ["PATH"] = $"{programs}:{Environment.GetEnvironmentVariable("PATH")}",
                },
                Script,
                folder);
            look?.Invoke(folder);
            return result;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            Directory.Delete(programs, recursive: true);
        }
    }

    private static void AddProgram(string folder, string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, $"#!/usr/bin/env bash\nset -eu\n{text}\n");
        File.SetUnixFileMode(
            path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
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
