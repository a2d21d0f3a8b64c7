using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Beacon.Native.Tests.Support;

namespace Beacon.Native.Tests;

/// <summary>What the program that started Beacon is told, and what Beacon takes of what it is given.</summary>
public sealed class SupervisionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_manager_that_asked_is_told_of_readiness_life_and_the_end(bool isAbstract)
    {
        using var data = new TemporaryDirectory();
        var name = isAbstract ? $"@beacon-test-{Guid.NewGuid():N}" : data.Below("notify");
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(isAbstract ? "\0" + name[1..] : name));
        manager.ReceiveTimeout = 20_000;

        await using var beacon = await BeaconProcess.StartAsync(
            data.Below("data"), [], ("NOTIFY_SOCKET", name), ("WATCHDOG_USEC", "600000"));

        var news = new List<string> { Receive(manager) };
        while (!news[^1].Contains("READY=1", StringComparison.Ordinal))
        {
            news.Add(Receive(manager));
        }

        Assert.Contains("STATUS=Serving 0 services at http://", news[^1]);
        for (var lives = 0; lives < 3; lives++)
        {
            Assert.Equal("WATCHDOG=1", Receive(manager));
        }

        await beacon.TerminateAsync();
        var last = Receive(manager);
        while (last == "WATCHDOG=1")
        {
            last = Receive(manager);
        }

        Assert.StartsWith("STOPPING=1\n", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_soft_limit_of_open_files_is_raised_to_the_hard_one()
    {
        using var data = new TemporaryDirectory();
        var port = BeaconProcess.FreePort();
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", $"ulimit -Sn 256; exec {NativeBinary.Path} serve --port {port} --mdns off --data-dir {data.Path}"])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            var limits = (await File.ReadAllLinesAsync($"/proc/{process.Id}/limits", TestContext.Current.CancellationToken))
                .Single(x => x.StartsWith("Max open files", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries);

            Assert.NotEqual("256", limits[3]);
            Assert.Equal(limits[4], limits[3]);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private static string Receive(Socket socket)
    {
        var buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }
}
