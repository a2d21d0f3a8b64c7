using System.Globalization;
using System.Text.Json;

namespace Beacon.Native.Tests.Lab;

/// <summary>The published binary running on one laboratory host, spoken to with curl from any other.</summary>
internal sealed class LabBeacon : IDisposable
{
    private const int Port = 8080;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(10);
    private readonly LabCommand _process;
    private readonly LabHost _host;

    private LabBeacon(LabCommand process, LabHost host)
    {
        _process = process;
        _host = host;
    }

    public string Log => string.Join('\n', _process.Lines) + _process.Errors;

    /// <summary>Memory of the process that is in RAM now.</summary>
    public int ResidentMiB
    {
        get
        {
            const int KiBPerMiB = 1024;
            var line = File.ReadLines($"/proc/{_process.Id}/status").First(x => x.StartsWith("VmRSS:", StringComparison.Ordinal));
            return int.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / KiBPerMiB;
        }
    }

    public static async Task<LabBeacon> StartAsync(LabHost host, string dataDirectory)
    {
        var process = host.Start(NativeBinary.Path, "--port", $"{Port}", "--data-dir", dataDirectory);
        var beacon = new LabBeacon(process, host);
        for (var waited = TimeSpan.Zero; ; waited += TimeSpan.FromMilliseconds(50))
        {
            var ready = await host.RunAsync(RequestLimit, "curl", "-sf", $"http://127.0.0.1:{Port}/api/v1/ready");
            if (ready.ExitCode == 0)
            {
                return beacon;
            }

            Assert.True(waited < StartLimit && !process.HasExited, $"Beacon did not become ready:\n{beacon.Log}");
            await Task.Delay(50);
        }
    }

    public async Task<JsonElement> SendAsync(LabHost from, string method, string path, string? body = null)
    {
        string[] arguments = ["-s", "-X", method, $"http://{_host.Address}:{Port}/api/v1{path}", "-H", "Content-Type: application/json"];
        var (_, output, errors) = await from.RunAsync(RequestLimit, "curl", body is null ? arguments : [.. arguments, "-d", body]);
        Assert.True(output.Length > 0, $"{method} {path} was not answered: {errors}\n{Log}");
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }

    /// <summary>Registers all in one go, over one connection.</summary>
    public async Task SendAllAsync(LabHost from, IEnumerable<string> registrations)
    {
        var requests = registrations.Select(body => (string[])
            ["-sf", "-o", "/dev/null", $"http://{_host.Address}:{Port}/api/v1/services/register", "-H", "Content-Type: application/json", "-d", body]);
        string[] arguments = [.. requests.SelectMany((request, at) => at == 0 ? request : ["--next", .. request])];
        var (exitCode, _, errors) = await from.RunAsync(RequestLimit, "curl", arguments);
        Assert.True(exitCode == 0, $"{errors}\n{Log}");
    }

    public async Task WaitForLogAsync(string words, TimeSpan limit) =>
        Assert.True(await _process.WaitForLineAsync(x => x.Contains(words, StringComparison.Ordinal), limit) is not null, $"never said: {words}\n{Log}");

    public Task<bool> StopAsync() => _process.TerminateAsync(TimeSpan.FromSeconds(2));

    public void Dispose() => _process.Dispose();
}
