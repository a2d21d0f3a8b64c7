using System.IO.Compression;
using System.Text.RegularExpressions;
using Beacon.Native.Tests.Lab;
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
        Assert.All(["serve", "register", "list", "browse", "resolve", "backup", "healthcheck", "config", "completion", "man", "licenses", "version"], verb => Assert.Contains(verb, run.Output));
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
    [InlineData("fish", "complete -C 'beacon regi'; complete -C 'beacon list --status '; complete -C 'beacon help comp'", "register", "unhealthy", "completion")]
    [InlineData("bash", "for line in 'beacon regi' 'beacon list --status un' 'beacon help comp'; do COMP_WORDS=($line); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _beacon; echo ${COMPREPLY[@]}; done", "register", "unhealthy", "completion")]
    [InlineData("zsh", "autoload -Uz compinit && compinit -u -D; compdef _beacon beacon && echo $_comps[beacon]", "_beacon")]
    public async Task A_shell_itself_takes_the_script(string shell, string questions, params string[] answers)
    {
        Assert.SkipUnless(File.Exists($"/usr/bin/{shell}") || File.Exists($"/bin/{shell}"), $"{shell} is not installed");
        using var data = new TemporaryDirectory();
        await File.WriteAllTextAsync(data.Below("script"), (await BeaconProcess.RunAsync(["completion", shell])).Output, TestContext.Current.CancellationToken);

        // zsh's own functions define what a script calls, so they come first there.
        var order = shell == "zsh" ? $"autoload -Uz compinit && compinit -u -D; source {data.Below("script")}; {questions}" : $"source {data.Below("script")}; {questions}";
        var (code, output, errors) = await LabCommand.RunAsync(shell, ["-c", order], TimeSpan.FromSeconds(20), new Dictionary<string, string>());

        Assert.True(code == 0, errors);
        Assert.All(answers, x => Assert.Contains(x, output));
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("groff", "-man", "-ww", "-z", "-Tutf8")]
    [InlineData("mandoc", "-T", "lint", "-W", "warning")]
    public async Task The_manual_is_a_page_that_readers_of_manuals_find_nothing_wrong_with(string reader, params string[] options)
    {
        Assert.SkipUnless(File.Exists($"/usr/bin/{reader}"), $"{reader} is not installed");
        using var data = new TemporaryDirectory();
        await File.WriteAllTextAsync(data.Below("beacon.1"), (await BeaconProcess.RunAsync(["man"])).Output, TestContext.Current.CancellationToken);

        var (code, output, errors) = await LabCommand.RunAsync(reader, [.. options, data.Below("beacon.1")], TimeSpan.FromSeconds(20), new Dictionary<string, string>());

        Assert.Equal("", output + errors);
        Assert.Equal(0, code);
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
    public async Task The_licences_name_what_is_in_the_program_and_have_their_texts()
    {
        var run = await BeaconProcess.RunAsync(["licenses"]);

        Assert.Equal(0, run.ExitCode);
        Assert.All(["MongoDB.Driver", "SQLite", "svelte", "uplot", "Permission is hereby granted", "Apache License"], x => Assert.Contains(x, run.Output, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_dashboard_file_is_the_same_packed_and_for_a_client_that_takes_it_only_as_it_is()
    {
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path);
        using var page = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "Accept", "text/html" } } };
        using var answer = await beacon.Client.SendAsync(page, TestContext.Current.CancellationToken);
        var script = Regex.Match(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), @"src=""\.?/?(assets/[^""]+\.js)""").Groups[1].Value;

        var plain = await beacon.Client.GetByteArrayAsync("/" + script, TestContext.Current.CancellationToken);
        using var packed = new HttpRequestMessage(HttpMethod.Get, "/" + script) { Headers = { { "Accept-Encoding", "gzip" } } };
        using var reply = await beacon.Client.SendAsync(packed, TestContext.Current.CancellationToken);
        await using var unpacked = new GZipStream(await reply.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        await unpacked.CopyToAsync(bytes, TestContext.Current.CancellationToken);

        Assert.Equal(["gzip"], reply.Content.Headers.ContentEncoding);
        Assert.InRange(plain.Length, 10_000, int.MaxValue);
        Assert.Equal(plain, bytes.ToArray());
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
