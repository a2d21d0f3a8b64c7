using Beacon.Native.Tests.Support;

namespace Beacon.Native.Tests;

public class CommandTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    public async Task Help_names_every_command_and_how_to_register(string argument)
    {
        var run = await BeaconProcess.RunAsync([argument]);

        Assert.Equal(0, run.ExitCode);
        Assert.All(["serve", "browse", "resolve", "healthcheck", "config", "completion", "version"], verb => Assert.Contains(verb, run.Output));
        Assert.Contains("/services/register", run.Output);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task The_version_is_one_line()
    {
        var run = await BeaconProcess.RunAsync(["--version"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^beacon \d+\.\d+\.\d+\S*\n$", run.Output);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Completion_knows_the_settings(string shell)
    {
        var run = await BeaconProcess.RunAsync(["completion", shell]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("data-dir", run.Output);
    }

    [Theory]
    [InlineData("is no service type", "browse", "bad type")]
    [InlineData("say what to resolve", "resolve")]
    [InlineData("neither a service", "resolve", "a..b")]
    [InlineData("--timeout must be", "browse", "--timeout", "0")]
    public async Task What_cannot_be_looked_for_is_a_usage_error_in_one_line(string problem, params string[] arguments)
    {
        var run = await BeaconProcess.RunAsync(arguments);

        Assert.Equal(64, run.ExitCode);
        Assert.Contains(problem, Assert.Single(run.ErrorLines));
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task The_health_check_says_well_of_a_running_Beacon_and_ill_of_none()
    {
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path);

        Assert.Equal(0, (await BeaconProcess.RunAsync(["healthcheck", "--port", $"{beacon.Port}"])).ExitCode);

        await beacon.TerminateAsync();
        var after = await BeaconProcess.RunAsync(["healthcheck", "--port", $"{beacon.Port}"]);
        Assert.Equal(1, after.ExitCode);
        Assert.Single(after.ErrorLines);
    }
}
