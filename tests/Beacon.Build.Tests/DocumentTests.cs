using System.Text.RegularExpressions;
using Beacon.Build.Tests.Support;

namespace Beacon.Build.Tests;

public partial class DocumentTests
{
    [Fact]
    public void Every_link_to_a_file_leads_somewhere()
    {
        var broken =
            from page in Repository.Files(".md")
            from Match link in Link().Matches(Repository.Read(page))
            let target = link.Groups["target"].Value
            where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
            let path = Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, target)
            where !File.Exists(path) && !Directory.Exists(path)
            select $"{page}: {target}";

        Assert.Empty(broken);
    }

    [Fact]
    public void Every_page_is_found_from_the_index()
    {
        var index = Repository.Read("docs/README.md");
        var lost = Repository.Files(".md")
            .Where(page => Path.GetDirectoryName(page) == "docs" && page != "docs/README.md")
            .Where(page => !index.Contains($"({Path.GetFileName(page)})", StringComparison.Ordinal));

        Assert.Empty(lost);
    }

    [Fact]
    public void The_settings_page_has_every_setting_as_the_program_has_it()
    {
        var page = Repository.Read("docs/configuration.md").Replace("\\|", "|", StringComparison.Ordinal);
        var settings = Setting().Matches(Repository.Read("src/Beacon.Aot/Configuration/Settings.cs"));

        Assert.NotEmpty(settings);
        Assert.All(settings, setting =>
        {
            var row = Assert.Single(page.Split('\n'), line => line.StartsWith($"| `{setting.Groups["variable"].Value}`", StringComparison.Ordinal));
            Assert.All(
                [$"`--{setting.Groups["option"].Value}`", $"`{setting.Groups["form"].Value}`", setting.Groups["default"].Value, setting.Groups["help"].Value],
                part => Assert.Contains(part, row));
        });
    }

    [Fact]
    public void The_operations_page_has_every_log_id()
    {
        var page = Repository.Read("docs/operations.md");
        var ids = Repository.Files(".cs")
            .Where(path => path.StartsWith("src/", StringComparison.Ordinal))
            .SelectMany(path => LogMessage().Matches(Repository.Read(path)))
            .Select(match => match.Groups["id"].Value)
            .ToList();

        Assert.NotEmpty(ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.DoesNotContain(ids, id => !page.Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_on_the_command_line_has_every_exit_code()
    {
        var page = Repository.Read("docs/command-line.md");
        var codes = ExitCode().Matches(Repository.Read("src/Beacon.Aot/Cli/ExitCode.cs"));

        Assert.NotEmpty(codes);
        Assert.All(codes, code => Assert.Contains($"\n| {code.Groups["code"].Value} |", page));
    }

    [Fact]
    public void Every_package_has_its_reason()
    {
        var page = Repository.Read("docs/dependencies.md");
        var packages = Package().Matches(Repository.Read("Directory.Packages.props"));

        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.Contains($"| {package.Groups["name"].Value} |", page));
    }

    [Fact]
    public void Every_test_that_the_page_on_hostile_input_names_is_there()
    {
        var tests = string.Join('\n', Repository.Files(".cs").Where(path => path.StartsWith("tests/", StringComparison.Ordinal)).Select(Repository.Read));
        var named = NamedTest().Matches(Repository.Read("docs/hostile-input.md"));

        Assert.NotEmpty(named);
        Assert.All(named, test =>
        {
            Assert.Contains($"class {test.Groups["class"].Value}", tests);
            Assert.Contains($" {test.Groups["method"].Value}", tests);
        });
    }

    [GeneratedRegex(@"(?<class>\w+Tests)\.(?<method>[A-Z]\w+)")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"\]\((?<target>[^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex("""new\("(?<variable>[A-Z_]+)", "(?<option>[a-z-]+)", "(?<form>[^"]*)", "(?<default>[^"]*)", "(?<help>[^"]*)"[,)]""")]
    private static partial Regex Setting();

    [GeneratedRegex(@"\[LoggerMessage\((?<id>\d{4}),")]
    private static partial Regex LogMessage();

    [GeneratedRegex(@"^\s+\w+ = (?<code>\d+),", RegexOptions.Multiline)]
    private static partial Regex ExitCode();

    [GeneratedRegex("PackageVersion Include=\"(?<name>[^\"]+)\"")]
    private static partial Regex Package();
}
