using Beacon.Native.Tests.Lab;
using Beacon.Native.Tests.Support;

namespace Beacon.Native.Tests.Cli;

/// <summary>What docs/command-line.md shows works as it stands there.</summary>
public sealed class DocumentedCommandTests
{
    private const string Fence = "```";

    [Fact]
    public async Task Every_command_of_the_page_runs_in_the_order_in_which_it_is_shown()
    {
        using var data = new TemporaryDirectory();
        using var place = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path);
        Directory.CreateDirectory(place.Below("bin"));
        File.CreateSymbolicLink(place.Below("bin/beacon"), NativeBinary.Path);
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = $"{place.Below("bin")}:{Environment.GetEnvironmentVariable("PATH")}",
            ["BEACON_PORT"] = $"{beacon.Port}",
            ["BEACON_DATA_DIR"] = data.Path,
        };
        var blocks = Blocks(await File.ReadAllLinesAsync(Page(), TestContext.Current.CancellationToken));
        Assert.InRange(blocks.Count, 6, 100);

        // A restore is rehearsed on the page, so the one that runs need not stop.
        foreach (var block in blocks)
        {
            var (code, output, errors) = await LabCommand.RunAsync("bash", ["-ec", $"cd {place.Path}\n{block}"], TimeSpan.FromSeconds(30), environment);
            Assert.True(code == 0, $"{block}\nended with {code}: {output}{errors}");
        }

        Assert.True(File.Exists(place.Below("services.jsonl")));
        Assert.True(File.Exists(place.Below("beacon-copy.db")));
    }

    private static List<string> Blocks(string[] lines)
    {
        var blocks = new List<string>();
        for (var at = 0; at < lines.Length; at++)
        {
            if (lines[at] != Fence + "sh")
            {
                continue;
            }

            var block = lines.Skip(at + 1).TakeWhile(x => x != Fence).ToArray();
            blocks.Add(string.Join('\n', block));
            at += block.Length;
        }

        return blocks;
    }

    private static string Page()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var page = Path.Combine(directory.FullName, "docs", "command-line.md");
            if (File.Exists(page))
            {
                return page;
            }
        }

        throw new FileNotFoundException("docs/command-line.md is not above the tests");
    }
}
