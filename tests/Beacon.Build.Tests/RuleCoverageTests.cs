using System.Text.RegularExpressions;
using Beacon.Build.Tests.Support;

namespace Beacon.Build.Tests;

/// <summary>docs/rfc-coverage says of every rule what is done about it; here is what keeps that true.</summary>
public partial class RuleCoverageTests
{
    private static readonly string[] SourceRoots = ["src/Beacon.Mdns/", "src/", ""];
    private static readonly List<RuleRow> Rows = [.. RuleRow.All()];
    private static readonly Lazy<ILookup<string, string>> Classes = new(ReadTestClasses);

    [Fact]
    public void Every_rule_of_the_list_has_one_row_and_no_other_has_any()
    {
        var rules = Repository.Read("tests/Beacon.Build.Tests/Data/rfc-rules.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(rules.Order(StringComparer.Ordinal), Rows.Select(row => row.Rule).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_file_a_row_names_is_there()
    {
        var lost =
            from row in Rows
            from file in row.Files
            where !SourceRoots.Any(root => File.Exists(Path.Combine(Repository.Root, root + file)))
            select $"{row.Rule}: {file}";

        Assert.Empty(lost);
    }

    [Fact]
    public void Every_test_a_row_names_is_there()
    {
        var lost =
            from row in Rows
            from test in row.Tests
            where !Exists(test)
            select $"{row.Rule}: {test}";

        Assert.Empty(lost);
    }

    [Fact]
    public void Every_verdict_is_yes_or_has_its_reason()
    {
        Assert.All(Rows, row => Assert.Matches(Verdict(), row.Verdict));
    }

    [Fact]
    public void What_is_done_has_its_source_and_a_yes_its_test()
    {
        Assert.All(Rows, row => Assert.True(row.Verdict.StartsWith("no", StringComparison.Ordinal) || row.Files.Length > 0, row.Rule));
        Assert.All(Rows, row => Assert.True(row.Verdict != "yes" || row.Tests.Length > 0, row.Rule));
    }

    [Fact]
    public void The_index_counts_what_the_tables_say()
    {
        var index = Repository.Read("docs/rfc-coverage.md");
        var pages = Rows.GroupBy(row => row.Page).Select(page => $"(rfc-coverage/{Path.GetFileName(page.Key)}) | {Count(page)} |\n");

        Assert.All([.. pages, $"| all | {Count(Rows)} |\n"], counts => Assert.Contains(counts, index));
    }

    [Fact]
    public void Rows_that_lie_would_be_found()
    {
        Assert.False(Exists("Section06_AnsweringTests.No_such_test"));
        Assert.False(Exists("NoSuchTests"));
        Assert.DoesNotMatch(Verdict(), "partly");
        Assert.DoesNotMatch(Verdict(), "maybe (why not)");
    }

    private static string Count(IEnumerable<RuleRow> rows)
    {
        var verdicts = rows.Select(row => row.Verdict.Split(' ')[0]).ToList();
        return $"{verdicts.Count} | {verdicts.Count(x => x == "yes")} | {verdicts.Count(x => x == "partly")} | {verdicts.Count(x => x == "no")}";
    }

    private static bool Exists(string test)
    {
        var parts = test.Split('.');
        return parts.Length <= 2
            && Classes.Value[parts[0]].Any(text => parts.Length == 1 || text.Contains($" {parts[1]}(", StringComparison.Ordinal));
    }

    private static ILookup<string, string> ReadTestClasses() =>
        (from file in Repository.Files(".cs")
         where file.StartsWith("tests/", StringComparison.Ordinal)
         let text = Repository.Read(file)
         from Match match in Class().Matches(text)
         select (Name: match.Groups["name"].Value, Text: text)).ToLookup(found => found.Name, found => found.Text);

    [GeneratedRegex(@"^(yes|(partly|no) \([^)]{10,}.*\))$")]
    private static partial Regex Verdict();

    [GeneratedRegex(@"\bclass (?<name>\w+)")]
    private static partial Regex Class();
}
