using System.Text.Json;
using System.Text.Json.Nodes;
using Beacon.Native.Tests.Lab;
using Beacon.Native.Tests.Support;

namespace Beacon.Native.Tests.Cli;

/// <summary><c>beacon export</c> and <c>import</c>, <c>backup</c> and <c>restore</c>.</summary>
public sealed class TransferTests
{
    private static readonly string[] OfTheMoment = ["service_id", "expires_at", "last_heartbeat", "created_at", "updated_at"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_exported_from_one_Beacon_and_imported_into_another_is_the_same_there()
    {
        using var data = new TemporaryDirectory();
        await using var from = await BeaconProcess.StartAsync(data.Below("from"));
        await using var into = await BeaconProcess.StartAsync(data.Below("into"));
        string[] bodies =
        [
            """{"name":"Drucker \"Büro\"","host":"192.0.2.1","port":631,"type":"ipp","ttl":900,"tags":["a","ü"],"metadata":{"note":"x=y","n":"1"}}""",
            """{"name":"web","host":"nas.lan","port":80,"health_check_url":"http://192.0.2.9/","health_check_interval":45,"health_check_expected_text":"ok","mdns_txt_records":{"path":"/x"}}""",
            """{"name":"own type","host":"192.0.2.3","port":81,"type":"api","mdns_service_type":"_special._udp"}""",
        ];
        foreach (var body in bodies)
        {
            using var answer = await from.Client.PostAsync(Api.Register, Api.Json(body), Token);
            answer.EnsureSuccessStatusCode();
        }

        var file = data.Below("services.jsonl");
        Assert.Equal(0, (await BeaconProcess.RunAsync(["export", file, "--url", Url(from)])).ExitCode);
        var imported = await BeaconProcess.RunAsync(["import", file, "--url", Url(into), "--json"]);

        Assert.Equal("""{"imported":3,"refused":[],"without_header_values":[]}""", imported.Output.Trim());
        Assert.Equal(await ContentAsync(from), await ContentAsync(into));
        Assert.Contains("is there already", (await BeaconProcess.RunAsync(["export", file, "--url", Url(from)])).Errors);
    }

    [Theory]
    [InlineData("cut off", "head -n -1")]
    [InlineData("cut off", "head -c -40")]
    [InlineData("should hold 2 services and holds 1", "sed 2d")]
    [InlineData("line 3", "sed '3s/^./x/'")]
    [InlineData("is no export of Beacon", "sed 1d")]
    [InlineData("has format 99", "sed '1s/\"beacon_export\":1/\"beacon_export\":99/'")]
    [InlineData("is empty", "head -n 0")]
    public async Task A_broken_export_is_named_and_nothing_of_it_is_used(string problem, string breaking)
    {
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path);
        await beacon.Client.RegisterAsync("one", Token);
        await beacon.Client.RegisterAsync("two", Token);
        var good = data.Below("good.jsonl");
        await BeaconProcess.RunAsync(["export", good, "--url", Url(beacon)]);
        using (var shell = System.Diagnostics.Process.Start("sh", ["-c", $"{breaking} {good} > {data.Below("bad.jsonl")}"]))
        {
            await shell.WaitForExitAsync(Token);
        }

        await BeaconProcess.RunAsync(["deregister", "one", "two", "--url", Url(beacon)]);
        var run = await BeaconProcess.RunAsync(["import", data.Below("bad.jsonl"), "--url", Url(beacon)]);

        Assert.Equal(65, run.ExitCode);
        Assert.Contains(problem, Assert.Single(run.ErrorLines));
        Assert.Empty(await beacon.Client.AllServicesAsync(Token));
    }

    [Fact]
    public async Task A_backup_of_a_Beacon_at_work_is_whole_and_brings_everything_back()
    {
        using var data = new TemporaryDirectory();
        var live = data.Below("live");
        var copy = data.Below("copy.db");
        List<(string Id, string Name)> before;
        await using (var beacon = await BeaconProcess.StartAsync(live))
        {
            for (var i = 0; i < 50; i++)
            {
                await beacon.Client.RegisterAsync($"service {i}", Token);
            }

            before = await beacon.Client.AllServicesAsync(Token);
            using var stop = new CancellationTokenSource();
            var writing = WriteAsync(beacon, stop.Token);
            var run = await BeaconProcess.RunAsync(["backup", copy, "--data-dir", live, "--json"]);
            await stop.CancelAsync();
            await writing;
            Assert.Equal(0, run.ExitCode);
            using var report = JsonDocument.Parse(run.Output);
            Assert.InRange(report.RootElement.GetProperty("services").GetInt32(), 50, int.MaxValue);

            var refused = await BeaconProcess.RunAsync(["restore", copy, "--data-dir", live]);
            Assert.Equal(75, refused.ExitCode);
            Assert.Contains("Stop it first", refused.Errors);
            await BeaconProcess.RunAsync([.. new[] { "deregister", "--url", Url(beacon) }, .. before.Take(20).Select(x => x.Id)]);
            await beacon.TerminateAsync();
        }

        var restored = await BeaconProcess.RunAsync(["restore", copy, "--data-dir", live]);
        Assert.Equal(0, restored.ExitCode);
        await using var again = await BeaconProcess.StartAsync(live);
        var after = await again.Client.AllServicesAsync(Token);

        Assert.Empty(before.Except(after));
        Assert.Single(Directory.GetFiles(live, "beacon.db.before-restore-*"));
    }

    [Theory]
    [InlineData("missing.db", 66, "is not there")]
    [InlineData("text.db", 74, "damaged")]
    [InlineData("cut.db", 74, "damaged")]
    [InlineData("empty.db", 74, "no backup of Beacon")]
    public async Task What_is_no_good_backup_is_refused_and_what_is_there_stays(string file, int code, string problem)
    {
        using var data = new TemporaryDirectory();
        var live = data.Below("live");
        await using (var beacon = await BeaconProcess.StartAsync(live))
        {
            await beacon.Client.RegisterAsync("kept", Token);
            await beacon.TerminateAsync();
        }

        await BeaconProcess.RunAsync(["backup", data.Below("good.db"), "--data-dir", live]);
        var whole = await File.ReadAllBytesAsync(data.Below("good.db"), Token);
        await File.WriteAllTextAsync(data.Below("text.db"), new string('x', 5000), Token);
        await File.WriteAllBytesAsync(data.Below("cut.db"), whole[..(whole.Length / 2)], Token);
        await File.WriteAllTextAsync(data.Below("empty.db"), "", Token);
        var run = await BeaconProcess.RunAsync(["restore", data.Below(file), "--data-dir", live]);

        Assert.Equal(code, run.ExitCode);
        Assert.Contains(problem, Assert.Single(run.ErrorLines));
        await using var again = await BeaconProcess.StartAsync(live);
        Assert.Equal("kept", Assert.Single(await again.Client.AllServicesAsync(Token)).Name);
    }

    [Fact]
    public async Task What_root_restores_belongs_to_whom_the_directory_belongs()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root may give files away");
        using var data = new TemporaryDirectory();
        var live = data.Below("live");
        await using (var beacon = await BeaconProcess.StartAsync(live))
        {
            await beacon.Client.RegisterAsync("kept", Token);
            await beacon.TerminateAsync();
        }

        await BeaconProcess.RunAsync(["backup", data.Below("copy.db"), "--data-dir", live]);
        File.Delete(Path.Combine(live, "beacon.db.lock"));
        await LabCommand.RunAsync("chown", ["-R", "1234:2345", live], TimeSpan.FromSeconds(10));
        var run = await BeaconProcess.RunAsync(["restore", data.Below("copy.db"), "--data-dir", live]);

        Assert.Equal(0, run.ExitCode);
        var files = Directory.GetFiles(live);
        Assert.InRange(files.Length, 3, 10);
        var owners = await LabCommand.RunAsync("stat", ["-c", "%u:%g", .. files], TimeSpan.FromSeconds(10));
        Assert.All(owners.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), x => Assert.Equal("1234:2345", x));
    }

    private static string Url(BeaconProcess beacon) => $"http://127.0.0.1:{beacon.Port}";

    private static async Task WriteAsync(BeaconProcess beacon, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            await beacon.Client.RegisterAsync($"during {i}", CancellationToken.None);
        }
    }

    /// <summary>Everything a service said about itself, without what is of the moment.</summary>
    private static async Task<IEnumerable<string>> ContentAsync(BeaconProcess beacon)
    {
        var list = await BeaconProcess.RunAsync(["list", "--json", "--url", Url(beacon)]);
        return list.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            var service = JsonNode.Parse(line)!.AsObject();
            foreach (var member in OfTheMoment)
            {
                service.Remove(member);
            }

            return service.ToJsonString();
        }).Order(StringComparer.Ordinal);
    }
}
