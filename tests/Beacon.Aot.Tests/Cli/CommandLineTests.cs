using System.Diagnostics;
using Beacon.Aot.Cli;
using Beacon.Aot.Cli.Help;
using Beacon.Aot.Configuration;
using Beacon.Aot.Tests.Configuration;

namespace Beacon.Aot.Tests.Cli;

public sealed class CommandLineTests
{
    [Fact]
    public void Without_a_word_the_registry_is_served()
    {
        Assert.Same(Verb.Serve, CommandLine.Parse([]).Verb);
        Assert.Same(Verb.Serve, CommandLine.Parse(["--port", "81"]).Verb);
    }

    [Theory]
    [InlineData("--port=81")]
    [InlineData("--port", "81")]
    [InlineData("serve", "--port", "81")]
    public void An_option_takes_its_value_after_a_blank_or_an_equals_sign(params string[] arguments)
    {
        var line = CommandLine.Parse(arguments);

        Assert.Null(line.Problem);
        Assert.Equal("81", line.Options["port"]);
    }

    [Theory]
    [InlineData("did you mean \"serve\"?", "sreve")]
    [InlineData("did you mean --data-dir?", "--data-dri", "x")]
    [InlineData("--port needs a value", "--port")]
    [InlineData("is not expected", "serve", "extra")]
    [InlineData("is not expected", "-x")]
    [InlineData("--json is no option of \"beacon serve\"", "--json")]
    [InlineData("--follow is no option of \"beacon version\"", "version", "--follow")]
    [InlineData("--follow takes no value", "browse", "--follow=yes")]
    [InlineData("--timeout needs a value", "browse", "--timeout")]
    [InlineData("did you mean --follow?", "browse", "--folow", "x")]
    public void A_mistake_is_named_and_the_nearest_word_offered(string problem, params string[] arguments) =>
        Assert.Contains(problem, CommandLine.Parse(arguments).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("--timeout=9")]
    [InlineData("--timeout", "9")]
    public void Options_of_a_command_may_stand_before_and_behind_its_word(params string[] timeout)
    {
        var line = CommandLine.Parse(["browse", .. timeout, "http", "--json", "--mdns-domain", "example.org"]);

        Assert.Null(line.Problem);
        Assert.Equal(["http"], line.Words);
        Assert.Equal("9", line.Value(VerbOption.Timeout));
        Assert.True(line.Json);
        Assert.Equal("example.org", line.Options["mdns-domain"]);
    }

    [Theory]
    [InlineData("mongodb://u:hunter2@h/x")]
    [InlineData("serve", "mongodb://u:hunter2@h/x")]
    [InlineData("-mongodb-url=mongodb://u:hunter2@h/x")]
    [InlineData("--mongo=mongodb://u:hunter2@h/x")]
    public void A_complaint_repeats_no_address_because_it_may_hold_a_password(params string[] arguments)
    {
        var problem = CommandLine.Parse(arguments).Problem;

        Assert.NotNull(problem);
        Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    [InlineData("serve", "--help")]
    public void Help_is_one_word_away_everywhere(params string[] arguments) => Assert.Same(Verb.Help, CommandLine.Parse(arguments).Verb);

    [Fact]
    public void The_help_lists_every_command_and_that_of_serve_every_setting_with_its_variable()
    {
        var settings = HelpText.Write(Verb.Serve);

        Assert.All(Verb.All, x => Assert.Contains($"  {x.Form}", HelpText.Write(), StringComparison.Ordinal));
        Assert.All(Settings.All, x => Assert.Contains($"--{x.Option} ", settings, StringComparison.Ordinal));
        Assert.All(Settings.All, x => Assert.Matches($@"\(\s*{x.Variable}\)", settings));
    }

    public static TheoryData<string> Commands => [.. Verb.All.Select(x => x.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_help_of_a_command_has_its_options_and_fits_a_screen_of_a_hundred_columns(string command)
    {
        var verb = Verb.Find(command)!;
        var help = HelpText.Write(verb);

        Assert.Contains($"Usage: beacon {verb.Form}", help, StringComparison.Ordinal);
        Assert.All(verb.Options, x => Assert.Contains($"--{x.Name}", help, StringComparison.Ordinal));
        Assert.All(help.Split('\n').Where(x => !x.Contains("beacon ", StringComparison.Ordinal)), x => Assert.InRange(x.Length, 0, 100));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_manual_has_every_command_with_its_options(string command)
    {
        var verb = Verb.Find(command)!;
        var manual = ManualPage.Write();
        var part = manual[manual.IndexOf($".SS \"beacon {command}", StringComparison.Ordinal)..];

        Assert.All(verb.Options, x => Assert.Contains($"\\fB\\-\\-{x.Name.Replace("-", "\\-", StringComparison.Ordinal)}\\fR", part, StringComparison.Ordinal));
    }

    [Fact]
    public void The_help_of_one_command_is_asked_for_by_its_name_or_with_a_dash()
    {
        Assert.Equal(["list"], CommandLine.Parse(["help", "list"]).Words);
        Assert.Equal(["list"], CommandLine.Parse(["list", "--help"]).Words);
        Assert.Empty(CommandLine.Parse(["--help"]).Words);
        Assert.Contains("did you mean \"list\"?", CommandLine.Parse(["help", "lits"]).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_behind_two_dashes_are_a_command_with_dashes_of_its_own()
    {
        var line = CommandLine.Parse(["register", "blog", "--port", "80", "--keep-alive", "--", "python3", "-m", "http.server", "--help"]);

        Assert.Null(line.Problem);
        Assert.Equal(["python3", "-m", "http.server", "--help"], line.Command);
        Assert.Equal(["blog"], line.Words);
        Assert.Contains("\"--\" is not expected", CommandLine.Parse(["list", "--", "x"]).Problem, StringComparison.Ordinal);
        Assert.Contains("a command is expected", CommandLine.Parse(["register", "blog", "--"]).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_of_a_command_comes_before_a_setting_of_the_same_name_and_may_be_given_again_where_that_means_something()
    {
        var line = CommandLine.Parse(["register", "x", "--host", "nas.lan", "--port=80", "--tag", "a", "--tag=b", "--ttl", "60", "--ttl", "90"]);

        Assert.Null(line.Problem);
        Assert.Empty(line.Options);
        Assert.Equal("nas.lan", line.Value(VerbOption.ServiceHost));
        Assert.Equal(["a", "b"], line.Values(VerbOption.ServiceTag));
        Assert.Equal("90", line.Value(VerbOption.Ttl));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public void A_completion_script_knows_every_option_and_command(string shell)
    {
        var script = CompletionScript.For(shell);

        Assert.NotNull(script);
        Assert.All(Settings.All, x => Assert.Contains(x.Option, script, StringComparison.Ordinal));
        Assert.All(Verb.All.SelectMany(x => x.Options), x => Assert.Contains(x.Name, script, StringComparison.Ordinal));
        Assert.All(Verb.All, x => Assert.Contains(x.Name, script, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bash_itself_completes_with_the_script()
    {
        var script = CompletionScript.For("bash") + string.Concat(
            Completed("beacon", "--mdns", "o"), Completed("beacon", "--mdns-h"), Completed("beacon", "regi"), Completed("beacon", "register", "x", "--keep"),
            Completed("beacon", "list", "--status", "un"), Completed("beacon", "config", "pr"), Completed("beacon", "help", "back"));
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true })!;
        var output = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal("on off\n--mdns-hostname\nregister\n--keep-alive\nunhealthy\nprint\nbackup\n", output);

        static string Completed(params string[] words) =>
            $"\nCOMP_WORDS=({string.Join(' ', words)}); COMP_CWORD={words.Length - 1}; COMPREPLY=(); _beacon; echo \"${{COMPREPLY[@]}}\"\n";
    }

    [Fact]
    public void The_settings_in_force_are_printed_with_their_source_and_secrets_are_masked()
    {
        var rig = new SettingsRig();
        rig.Environment["BEACON_MONGODB_URL"] = "mongodb://u:hunter2@h/x";
        rig.Options["port"] = "81";
        var values = rig.Gather();

        var printed = ConfigPrinter.Write(values, new OptionsReader(values, rig.Environment).Read());

        Assert.DoesNotContain("hunter2", printed, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^BEACON_PORT\s+81\s+command line$", printed);
        Assert.Matches(@"(?m)^BEACON_DATA_DIR\s+/\S+beacon\S*\s+default$", printed.Replace("/app/data", "/app/beacon", StringComparison.Ordinal));
    }
}
