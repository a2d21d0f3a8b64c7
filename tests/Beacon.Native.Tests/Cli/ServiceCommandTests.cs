using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Beacon.Native.Tests.Support;

namespace Beacon.Native.Tests.Cli;

/// <summary>The commands that speak with a Beacon, as a person and a script use them.</summary>
public sealed class ServiceCommandTests : IAsyncLifetime
{
    private const string Unknown = "00000000-0000-4000-8000-000000000000";
    private readonly TemporaryDirectory _data = new();
    private BeaconProcess _beacon = null!;

    private string Url => $"http://127.0.0.1:{_beacon.Port}";

    public async ValueTask InitializeAsync() => _beacon = await BeaconProcess.StartAsync(_data.Path);

    public async ValueTask DisposeAsync()
    {
        await _beacon.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task A_service_is_registered_found_shown_renewed_and_taken_away_again()
    {
        var registered = await RunAsync("register", "Küchen-Drucker", "--host", "192.0.2.50", "--port", "631", "--type", "ipp", "--tag", "küche", "--tag", "b", "--meta", "note=a=b", "--ttl", "600");
        Assert.Equal(0, registered.ExitCode);
        var id = registered.Output.Trim();
        Assert.True(Guid.TryParse(id, out _), registered.Output);

        var listed = await RunAsync("list", "--type", "ipp");
        Assert.Contains("Küchen-Drucker", listed.Output);
        Assert.Contains("192.0.2.50:631", listed.Output);
        Assert.Contains("küche,b", listed.Output);
        Assert.DoesNotContain('\e', listed.Output);

        var shown = await RunAsync("show", "Küchen-Drucker", "--json");
        using var json = JsonDocument.Parse(shown.Output);
        Assert.Equal(id, json.RootElement.GetProperty("service_id").GetString());
        Assert.Equal("a=b", json.RootElement.GetProperty("metadata").GetProperty("note").GetString());
        Assert.Contains("left of 10 min", (await RunAsync("show", id)).Output);

        var renewed = await RunAsync("heartbeat", "Küchen-Drucker", "--ttl", "1200", "--json");
        Assert.Equal("""{"renewed":1,"unknown":[]}""", renewed.Output.Trim());

        Assert.Equal(0, (await RunAsync("deregister", id)).ExitCode);
        var gone = await RunAsync("show", "Küchen-Drucker");
        Assert.Equal(1, gone.ExitCode);
        Assert.Contains("no service is named", Assert.Single(gone.ErrorLines));
    }

    [Fact]
    public async Task Without_a_host_it_is_this_machine_and_the_same_again_is_the_same_service()
    {
        var first = await RunAsync("register", "blog", "--port", "8000");
        var again = await RunAsync("register", "blog", "--port", "8000", "--ttl", "900");

        Assert.Equal(first.Output, again.Output);
        Assert.Contains("0.0.0.0:8000", (await RunAsync("list")).Output);
    }

    [Fact]
    public async Task What_Beacon_refuses_is_told_in_its_own_words_with_a_code_of_its_own()
    {
        var run = await RunAsync("register", "x", "--port", "0", "--ttl", "1");

        Assert.Equal(65, run.ExitCode);
        var line = Assert.Single(run.ErrorLines);
        Assert.Contains("port: Input should be greater than or equal to 1", line);
        Assert.Contains("ttl: Input should be greater than or equal to 10", line);
    }

    [Theory]
    [InlineData("--port is needed", "register", "x")]
    [InlineData("say the name", "register", "--port", "80")]
    [InlineData("must be a whole number", "register", "x", "--port", "eighty")]
    [InlineData("must be KEY=VALUE", "register", "x", "--port", "80", "--meta", "novalue")]
    [InlineData("is run with --keep-alive", "register", "x", "--port", "80", "--", "true")]
    [InlineData("say which service", "show")]
    [InlineData("say which service", "heartbeat")]
    public async Task What_is_missing_or_wrong_is_named_before_anything_is_sent(string problem, params string[] arguments)
    {
        var run = await RunAsync(arguments);

        Assert.Equal(64, run.ExitCode);
        Assert.Contains(problem, Assert.Single(run.ErrorLines));
    }

    [Fact]
    public async Task Unknown_services_are_named_and_do_not_keep_the_others()
    {
        var id = (await RunAsync("register", "known", "--port", "80")).Output.Trim();

        var beaten = await RunAsync("heartbeat", id, Unknown);
        Assert.Equal(1, beaten.ExitCode);
        Assert.Contains(Unknown, Assert.Single(beaten.ErrorLines));

        var removed = await RunAsync("deregister", Unknown, id);
        Assert.Equal(1, removed.ExitCode);
        Assert.Contains("nothing is registered", (await RunAsync("list")).Errors);
    }

    [Fact]
    public async Task A_name_that_two_services_have_is_asked_back_with_their_ids()
    {
        var one = (await RunAsync("register", "twin", "--port", "80")).Output.Trim();
        var other = (await RunAsync("register", "twin", "--port", "81")).Output.Trim();

        var run = await RunAsync("deregister", "twin");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(one, run.Errors);
        Assert.Contains(other, run.Errors);
    }

    [Fact]
    public async Task A_list_of_more_than_a_page_is_whole_and_as_JSON_one_service_a_line()
    {
        for (var i = 0; i < 130; i++)
        {
            await _beacon.Client.RegisterAsync($"service {i}", TestContext.Current.CancellationToken);
        }

        var run = await RunAsync("list", "--json");
        var names = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(x => JsonDocument.Parse(x).RootElement.GetProperty("name").GetString());

        Assert.Equal(Enumerable.Range(0, 130).Select(i => $"service {i}"), names);
        Assert.Single((await RunAsync("list", "--search", "SERVICE 77", "--json")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task The_Beacon_is_found_by_its_variable_and_by_the_port_of_this_machine()
    {
        var byVariable = await BeaconProcess.RunAsync(["status", "--json"], ("BEACON_URL", $"127.0.0.1:{_beacon.Port}"));
        var byPort = await BeaconProcess.RunAsync(["status"], ("BEACON_PORT", $"{_beacon.Port}"));

        Assert.Equal(0, byVariable.ExitCode);
        Assert.Contains("\"status\":\"healthy\"", byVariable.Output);
        Assert.Equal(0, byPort.ExitCode);
        Assert.Contains("sqlite, healthy", byPort.Output);
    }

    [Fact]
    public async Task Nobody_there_is_said_in_one_line_and_with_a_code_of_its_own()
    {
        var port = BeaconProcess.FreePort();

        var run = await BeaconProcess.RunAsync(["list", "--url", $"http://127.0.0.1:{port}"]);

        Assert.Equal(69, run.ExitCode);
        Assert.Contains($"127.0.0.1:{port}", Assert.Single(run.ErrorLines));
        Assert.Equal(64, (await BeaconProcess.RunAsync(["list", "--url", "ftp://x"])).ExitCode);
    }

    [Fact]
    public async Task What_somebody_registers_cannot_steer_the_terminal_of_who_looks()
    {
        using var body = Api.Json("""{"name":"trap","host":"192.0.2.1","port":80,"metadata":{"note":"\u001b[2J\u001b]0;x\u0007"}}""");
        using var answer = await _beacon.Client.PostAsync(Api.Register, body, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();

        var shown = await RunAsync("show", "trap");

        Assert.Equal(0, shown.ExitCode);
        Assert.DoesNotContain('\e', shown.Output);
        Assert.DoesNotContain('\a', shown.Output);
        Assert.Contains(@"note=\u001b[2J", shown.Output);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"services\":7}")]
    [InlineData("not json")]
    public async Task An_answer_that_is_none_of_a_Beacon_is_told_in_one_line(string json)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, json);

        foreach (var arguments in new string[][] { ["show", "x"], ["list"], ["heartbeat", Unknown], ["register", "x", "--port", "80"], ["export"] })
        {
            var run = await BeaconProcess.RunAsync([.. arguments, "--url", $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"]);

            Assert.True(run.ExitCode == 69, $"{string.Join(' ', arguments)}: {run.ExitCode} {run.Errors}");
            Assert.Single(run.ErrorLines);
        }

        listener.Stop();
        await serving;
    }

    private static async Task ServeAsync(TcpListener listener, string body)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await using var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[64 * 1024]);
                await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private Task<FinishedRun> RunAsync(params string[] arguments)
    {
        var command = Array.IndexOf(arguments, "--");
        string[] url = ["--url", Url];
        return BeaconProcess.RunAsync(command < 0 ? [.. arguments, .. url] : [.. arguments[..command], .. url, .. arguments[command..]]);
    }
}
