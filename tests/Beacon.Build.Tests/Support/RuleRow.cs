namespace Beacon.Build.Tests.Support;

/// <summary>One row of the tables in docs/rfc-coverage. Files and tests are what stands between backticks.</summary>
internal sealed record RuleRow(string Page, string Rule, string Deed, string[] Files, string[] Tests, string Verdict)
{
    private const int Columns = 6;

    public static IEnumerable<RuleRow> All() =>
        from page in Repository.Files(".md")
        where page.StartsWith("docs/rfc-coverage/", StringComparison.Ordinal)
        from line in Repository.Read(page).Split('\n')
        where line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| rule |", StringComparison.Ordinal)
        select Read(page, line);

    private static RuleRow Read(string page, string line)
    {
        var cells = line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries);
        Assert.True(cells.Length == Columns, $"{page}: {line}");
        return new RuleRow(page, cells[0], cells[2], Quoted(cells[3]), Quoted(cells[4]), cells[5]);
    }

    private static string[] Quoted(string cell) => [.. cell.Split('`').Where((_, at) => at % 2 == 1)];
}
