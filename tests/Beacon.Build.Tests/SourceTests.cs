using System.Text.RegularExpressions;
using Beacon.Build.Tests.Support;

namespace Beacon.Build.Tests;

public partial class SourceTests
{
    private const int MaxLines = 400;
    private static readonly string[] Text = [".cs", ".csproj", ".props", ".json", ".md", ".sh", ".ps1", ".yml", ".py"];

    [Fact]
    public void No_source_file_is_longer_than_can_be_read_at_once()
    {
        var tooLong = Repository.Files(".cs", ".sh", ".ps1").Where(path => Repository.Read(path).Split('\n').Length > MaxLines + 1);

        Assert.Empty(tooLong);
    }

    [Fact]
    public void No_file_knows_the_machine_it_was_written_on()
    {
        var found = Repository.Files(Text).Where(path => MachinePath().IsMatch(Repository.Read(path)));

        Assert.Empty(found);
    }

    [Fact]
    public void No_file_puts_work_off()
    {
        var found = Repository.Files(".cs", ".sh", ".ps1").Where(path => PutOff().IsMatch(Repository.Read(path)));

        Assert.Empty(found);
    }

    // Written so that they do not find themselves.
    [GeneratedRegex("""["'\s(](/wor[k]/|/hom[e]/\w|/User[s]/\w|/roo[t]/|[A-Z]:\\User[s])""")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"//.*\b(TO[D]O|FIX[M]E|HA[C]K|XX[X])\b")]
    private static partial Regex PutOff();
}
