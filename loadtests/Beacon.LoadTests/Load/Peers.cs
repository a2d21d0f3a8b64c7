using System.Globalization;
using System.Net;
using System.Text;
using Beacon.LoadTests.Driving;
using Beacon.LoadTests.Lab;
using Beacon.LoadTests.Measuring;

namespace Beacon.LoadTests.Load;

/// <summary>
/// The heartbeat beside what others have in its place: etcd renewing a lease through its HTTP gateway, and nginx returning a constant. One
/// core each, in turn.
/// </summary>
internal static class Peers
{
    private const int Leases = 1000;
    private const int AnswerLength = 205;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = LoadOptions.Parse(arguments, new LoadOptions());
        Cores.KeepOff();
        var (ours, bare, etcd, nginx) = (new Figures(), new Figures(), new Figures(), new Figures());
        for (var round = 1; round <= options.Rounds; round++)
        {
            await using (var bench = await LoadBench.StartAsync(options))
            {
                ours.Add(await MostAsync(bench.Beacon.Address, Requests.Heartbeats(await Requests.RegisterAsync(bench.Beacon.Address, options.Services)), options));
                if (bench.Bare is not null)
                {
                    bare.Add(await MostAsync(bench.Bare.Address, Requests.Bare("PUT"), options));
                }
            }

            etcd.Add(await EtcdAsync(options));
            nginx.Add(await NginxAsync(options));
            LoadReport.Say($"round {round} of {options.Rounds}: Beacon {ours.Values[^1]:N0}, etcd {etcd.Values[^1]:N0}, nginx {nginx.Values[^1]:N0}");
        }

        var table = new ResultTable("Beacon", "other");
        table.Add("heartbeats a second; bare native ASP.NET answering a constant", ours, bare, higherIsBetter: true, "");
        table.Add("heartbeats a second; etcd, /v3/lease/keepalive", ours, etcd, higherIsBetter: true, "");
        table.Add("heartbeats a second; nginx, a constant", ours, nginx, higherIsBetter: true, "");
        return await LoadReport.WriteAsync(options, "peers", $"{options.Clients} connections, {options.Seconds} s each, server on one core, asker on another", table);
    }

    private static async Task<double> MostAsync(Uri server, Func<ReadOnlyMemory<byte>> requests, LoadOptions options)
    {
        await ClosedLoop.RunAsync(server, options.Clients, TimeSpan.FromSeconds(1), requests);
        return (await ClosedLoop.RunAsync(server, options.Clients, options.Length, requests)).ThrowIfFailed().PerSecond;
    }

    private static async Task<double> EtcdAsync(LoadOptions options)
    {
        var directory = Directory.CreateTempSubdirectory("beacon-etcd-").FullName;
        var (client, peer) = ($"http://127.0.0.1:{BeaconServer.FreePort()}", $"http://127.0.0.1:{BeaconServer.FreePort()}");
        try
        {
            await using var process = Running.Start(
                [
                    .. Cores.ForServer, "etcd", "--data-dir", Path.Combine(directory, "data"), "--listen-client-urls", client, "--advertise-client-urls", client,
                    "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster", $"default={peer}", "--log-level", "error",
                ],
                Path.Combine(directory, "log"));
            using var http = new HttpClient { BaseAddress = new Uri(client) };
            await process.WaitForAsync(() => BeaconServer.Answers(http, "/health"), BeaconServer.StartLimit, "etcd");
            var requests = new List<ReadOnlyMemory<byte>>();
            using var connection = new HttpConnection(IPEndPoint.Parse(http.BaseAddress!.Authority));
            for (var lease = 1; lease <= Leases; lease++)
            {
                var id = lease.ToString(CultureInfo.InvariantCulture);
                var reply = await connection.AskAsync(HttpConnection.Request("POST", "/v3/lease/grant", $$"""{"ID":"{{id}}","TTL":"600"}"""));
                if (!reply.IsSuccess)
                {
                    throw new InvalidOperationException($"etcd gave no lease: {reply.Status} {Encoding.UTF8.GetString(reply.Body.Span)}");
                }

                requests.Add(HttpConnection.Request("POST", "/v3/lease/keepalive", $$"""{"ID":"{{id}}"}"""));
            }

            return await MostAsync(http.BaseAddress, Requests.InTurn(requests), options);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<double> NginxAsync(LoadOptions options)
    {
        var directory = Directory.CreateTempSubdirectory("beacon-nginx-").FullName;
        var port = BeaconServer.FreePort();
        try
        {
            var configuration = Path.Combine(directory, "nginx.conf");
            await File.WriteAllTextAsync(
                configuration,
                $$"""
                daemon off; worker_processes 1; pid {{directory}}/pid; error_log {{directory}}/error.log;
                events { worker_connections 1024; }
                http {
                  access_log off; keepalive_requests 1000000000; default_type text/plain; client_body_temp_path {{directory}}/body;
                  proxy_temp_path {{directory}}/proxy; fastcgi_temp_path {{directory}}/fastcgi; uwsgi_temp_path {{directory}}/uwsgi; scgi_temp_path {{directory}}/scgi;
                  server { listen 127.0.0.1:{{port}}; location / { return 200 "{{new string('x', AnswerLength)}}"; } }
                }
                """);
            await using var process = Running.Start([.. Cores.ForServer, "nginx", "-c", configuration, "-e", $"{directory}/error.log"], Path.Combine(directory, "log"));
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            await process.WaitForAsync(() => BeaconServer.Answers(http, "/"), BeaconServer.StartLimit, "nginx");
            return await MostAsync(http.BaseAddress!, Requests.Bare("GET"), options);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
