using System.Diagnostics;
using System.Text.RegularExpressions;
using Beacon.Build.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Beacon.Build.Tests;

/// <summary>Workflows run only at their host, and a release only once: what can be known before is known here.</summary>
public partial class WorkflowTests
{
    public static TheoryData<string> Files { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, ".github", "workflows")).Select(path => Path.GetFileName(path)!).Order()];

    [Fact]
    public void There_is_one_for_changes_and_one_for_releases() => Assert.Equal(["ci.yml", "release.yml"], Files.Select(row => row.Data));

    [Theory]
    [MemberData(nameof(Files))]
    public void It_is_YAML_and_every_job_has_a_machine_a_time_limit_and_steps(string file)
    {
        var jobs = Map(Read(file), "jobs").Children;

        Assert.NotEmpty(jobs);
        Assert.All(jobs, job =>
        {
            var of = Assert.IsType<YamlMappingNode>(job.Value);
            Assert.NotEmpty(Text(of, "runs-on"));
            Assert.InRange(int.Parse(Text(of, "timeout-minutes"), System.Globalization.CultureInfo.InvariantCulture), 1, 60);
            Assert.NotEmpty(Steps(of));
        });
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_script_in_it_is_one_that_bash_can_read(string file)
    {
        var scripts = Map(Read(file), "jobs").Children.Values.SelectMany(job => Steps((YamlMappingNode)job))
            .Select(step => Text(step, "run")).Where(script => script.Length > 0).ToList();

        Assert.NotEmpty(scripts);
        Assert.All(scripts, script => Assert.Equal("", BashErrors(script)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_file_of_ours_that_a_script_calls_is_there(string file)
    {
        var called = Call().Matches(Repository.Read($".github/workflows/{file}")).Select(match => match.Groups["path"].Value).ToList();

        Assert.NotEmpty(called);
        Assert.All(called, path => Assert.True(File.Exists(Path.Combine(Repository.Root, path)), path));
    }

    /// <summary>A tag can be moved to other code by whoever owns the action; a commit cannot. What publishes takes no such risk.</summary>
    [Fact]
    public void A_release_runs_actions_of_one_commit_each()
    {
        var actions = Uses().Matches(Repository.Read(".github/workflows/release.yml")).Select(match => match.Groups["action"].Value).ToList();

        Assert.NotEmpty(actions);
        Assert.All(actions, action => Assert.Matches("^[a-z-]+/[a-z-]+@[0-9a-f]{40} # v[0-9.]+$", action));
    }

    [Fact]
    public void Nothing_has_rights_that_it_is_not_given_by_name()
    {
        Assert.Empty(Map(Read("release.yml"), "permissions").Children);
        Assert.Equal("read", Text(Map(Read("ci.yml"), "permissions"), "contents"));

        var jobs = Map(Read("release.yml"), "jobs");
        Assert.Equal("contents: read", Rights(jobs, "files"));
        Assert.Equal("attestations: write, contents: read, id-token: write, packages: write", Rights(jobs, "image"));
        Assert.Equal("attestations: write, contents: write, id-token: write", Rights(jobs, "publish"));
    }

    [Fact]
    public void A_script_that_bash_cannot_read_would_be_found() => Assert.NotEqual("", BashErrors("if true; then echo"));

    private static string Rights(YamlMappingNode jobs, string job) =>
        string.Join(", ", Map(Map(jobs, job), "permissions").Children.Select(right => $"{right.Key}: {right.Value}").Order(StringComparer.Ordinal));

    private static YamlMappingNode Read(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Repository.Read($".github/workflows/{file}")));
        return Assert.IsType<YamlMappingNode>(Assert.Single(stream.Documents).RootNode);
    }

    private static YamlMappingNode Map(YamlMappingNode of, string key) => Assert.IsType<YamlMappingNode>(of.Children[key]);

    private static string Text(YamlMappingNode of, string key) => of.Children.TryGetValue(key, out var value) ? value.ToString() : "";

    private static IEnumerable<YamlMappingNode> Steps(YamlMappingNode job) => Assert.IsType<YamlSequenceNode>(job.Children["steps"]).Children.Cast<YamlMappingNode>();

    /// <summary>Expressions of the host are put in before bash sees the script: here a word stands for each.</summary>
    private static string BashErrors(string script)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-n"]) { RedirectStandardInput = true, RedirectStandardError = true })!;
        bash.StandardInput.Write(Expression().Replace(script, "expression"));
        bash.StandardInput.Close();
        var errors = bash.StandardError.ReadToEnd();
        bash.WaitForExit();
        return bash.ExitCode == 0 ? errors : $"{errors} (exit code {bash.ExitCode})";
    }

    [GeneratedRegex(@"\$\{\{.*?\}\}")]
    private static partial Regex Expression();

    [GeneratedRegex(@"(?<path>(\.ci|eng)/[a-z0-9./-]+)")]
    private static partial Regex Call();

    [GeneratedRegex(@"uses: (?<action>\S+( # \S+)?)")]
    private static partial Regex Uses();
}
