using System.Globalization;

namespace Beacon.LoadTests.Driving;

/// <summary>What Beacon says of itself, in its metrics.</summary>
internal sealed class ServerFigures(Uri beacon) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = beacon };

    /// <summary>All series of a name together.</summary>
    /// <param name="labels">Text that must be among a series' labels.</param>
    public async Task<double> CounterAsync(string name, string labels = "")
    {
        var text = await _http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return text.Split('\n')
            .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] is ' ' or '{' && line.Contains(labels, StringComparison.Ordinal))
            .Sum(line => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));
    }

    public Task<double> ServicesAsync(string status) => CounterAsync("beacon_services", $"status=\"{status}\"");

    public void Dispose() => _http.Dispose();
}
