using System.Net;
using System.Net.Sockets;
using Beacon.Native.Tests.Support;

namespace Beacon.Native.Tests;

public class ExitCodeTests
{
    [Fact]
    public async Task Every_wrong_setting_is_named_at_once()
    {
        var run = await BeaconProcess.RunAsync(
            ["serve", "--default-ttl", "5"], ("BEACON_PORT", "eighty"), ("BEACON_MAX_SERVICES", "0"), ("LOG_FORMAT", "xml"));

        Assert.Equal(78, run.ExitCode);
        Assert.All(
            ["BEACON_DEFAULT_TTL", "BEACON_PORT", "BEACON_MAX_SERVICES", "LOG_FORMAT"],
            setting => Assert.Contains(run.ErrorLines, line => line.Contains(setting, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_address_of_no_MongoDB_is_refused_without_printing_its_password()
    {
        var run = await BeaconProcess.RunAsync(["serve"], ("BEACON_MONGODB_URL", "mysql://user:hunter2@db.example/beacon"));

        Assert.Equal(78, run.ExitCode);
        Assert.Contains("BEACON_MONGODB_URL", run.Errors);
        Assert.DoesNotContain("hunter2", run.Output + run.Errors);
        Assert.DoesNotContain("db.example", run.Output + run.Errors);
    }

    [Theory]
    [InlineData("fly")]
    [InlineData("--no-such-option")]
    public async Task An_unknown_word_is_a_usage_error(string argument)
    {
        var run = await BeaconProcess.RunAsync([argument]);

        Assert.Equal(64, run.ExitCode);
        Assert.Contains(argument, run.Errors);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_clear_line()
    {
        using var data = new TemporaryDirectory();
        using var other = new TcpListener(IPAddress.Any, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var run = await BeaconProcess.RunAsync(["serve", "--mdns", "off", "--data-dir", data.Path, "--host", "0.0.0.0", "--port", $"{port}"]);

        Assert.Equal(69, run.ExitCode);
        Assert.Contains($"{port}", Assert.Single(run.ErrorLines));
    }

    [Fact]
    public async Task An_interface_that_is_not_there_is_one_clear_line_that_lists_those_that_are()
    {
        using var data = new TemporaryDirectory();

        var run = await BeaconProcess.RunAsync(["serve", "--mdns-interface", "wlan77", "--data-dir", data.Path]);

        Assert.Equal(71, run.ExitCode);
        var line = Assert.Single(run.ErrorLines);
        Assert.Contains("wlan77", line);
        Assert.Contains("lo", line);
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_made_is_one_clear_line()
    {
        using var data = new TemporaryDirectory();
        await File.WriteAllTextAsync(data.Below("file"), "", TestContext.Current.CancellationToken);

        var run = await BeaconProcess.RunAsync(["serve", "--mdns", "off", "--data-dir", data.Below("file/below")]);

        Assert.Equal(73, run.ExitCode);
        Assert.Contains(data.Path, Assert.Single(run.ErrorLines));
    }

    [Fact]
    public async Task A_data_directory_belongs_to_one_Beacon()
    {
        using var data = new TemporaryDirectory();
        await using var first = await BeaconProcess.StartAsync(data.Path);

        var run = await BeaconProcess.RunAsync(["serve", "--mdns", "off", "--data-dir", data.Path, "--port", $"{BeaconProcess.FreePort()}"]);

        Assert.Equal(75, run.ExitCode);
        Assert.Contains(data.Path, Assert.Single(run.ErrorLines));
    }

    [Fact]
    public async Task A_damaged_file_is_set_aside_and_never_deleted()
    {
        using var data = new TemporaryDirectory();
        string file;
        await using (var beacon = await BeaconProcess.StartAsync(data.Path))
        {
            await beacon.Client.RegisterAsync("kept", TestContext.Current.CancellationToken);
            await beacon.TerminateAsync();
            file = Directory.GetFiles(data.Path, "*.db").Single();
        }

        var damaged = new string('x', 64 * 1024);
        await File.WriteAllTextAsync(file, damaged, TestContext.Current.CancellationToken);
        await BeaconProcess.RunAsync(["serve", "--mdns", "off", "--data-dir", data.Path, "--port", "1", "--host", "192.0.2.1"]);

        Assert.Contains(Directory.GetFiles(data.Path), path => File.ReadAllText(path) == damaged);
    }
}
