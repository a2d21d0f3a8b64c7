using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;
using Beacon.Build.Tests.Support;

namespace Beacon.Build.Tests;

/// <summary>Two doors, one set of steps.</summary>
public partial class BuildScriptTests
{
    private const int UsageError = 64;

    [Fact]
    public void Both_doors_lead_to_the_same_steps_and_add_none()
    {
        Assert.All(["build.sh", "build.ps1"], door =>
        {
            var text = Repository.Read(door);
            Assert.Matches("eng.{1,4}build\\.sh", text);
            Assert.DoesNotMatch("dotnet|apt", text);
        });
    }

    [Fact]
    public void Help_names_exactly_the_verbs_that_have_a_step()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "eng", "verbs")).Select(Path.GetFileNameWithoutExtension).Append("help");
        var named = Verb().Matches(Bash("help").Output).Select(match => match.Groups["verb"].Value);

        Assert.Equal(files.Order(), named.Order());
    }

    [Fact]
    public void An_unknown_verb_gets_the_help_and_a_usage_error()
    {
        var (code, output) = Bash("fly");

        Assert.Equal(UsageError, code);
        Assert.Contains("Usage:", output);
    }

    [Fact]
    public void The_PowerShell_door_has_no_syntax_error()
    {
        Parser.ParseFile(Path.Combine(Repository.Root, "build.ps1"), out _, out var errors);

        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("help", 0)]
    [InlineData("fly", UsageError)]
    public void The_PowerShell_door_opens_without_any_module(string verb, int expected)
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand(Path.Combine(Repository.Root, "build.ps1")).AddArgument(verb);

        var output = string.Join('\n', shell.Invoke().Concat(shell.Streams.Error.Select(PSObject.AsPSObject)).Select(line => line.ToString()));

        Assert.Contains("Usage:", output);
        Assert.Equal(expected, runspace.SessionStateProxy.GetVariable("LASTEXITCODE"));
    }

    [Fact]
    public void What_the_README_says_to_type_is_there()
    {
        var readme = Repository.Read("README.md");

        Assert.Contains("./build.sh run", readme);
        Assert.Contains("./build.sh test", readme);
        Assert.Contains("./build.sh test", Repository.Read(".ci/run"));
    }

    private static (int Code, string Output) Bash(string verb)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "build.sh"), verb])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    [GeneratedRegex(@"^  (?<verb>[a-z]+)\s", RegexOptions.Multiline)]
    private static partial Regex Verb();
}
