namespace Beacon.LoadTests.Lab;

/// <summary>
/// Two hosts joined by one cable, in network namespaces of this process's own: the packets never leave the machine. The server under test
/// runs on one, its asker on the other, each on a core of its own.
/// </summary>
internal sealed class TwoHosts : IAsyncDisposable
{
    public const string ServerAddress = "10.89.1.1";
    private const int ServerCore = 0;
    private const int AskerCore = 1;
    private readonly string _prefix = $"bb{Environment.ProcessId % 100000}";

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("beacon-bench-").FullName;

    private string Server => $"{_prefix}-s";

    private string Asker => $"{_prefix}-a";

    public async Task MakeAsync()
    {
        await Shell.RunAsync("ip", "netns", "add", Server);
        await Shell.RunAsync("ip", "netns", "add", Asker);
        await Shell.RunAsync("ip", "-n", Server, "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", Asker);
        foreach (var (host, last) in new[] { (Server, "1"), (Asker, "2") })
        {
            await Shell.RunAsync("ip", "-n", host, "link", "set", "lo", "up");
            await Shell.RunAsync("ip", "-n", host, "addr", "add", $"10.89.1.{last}/24", "brd", "+", "dev", "eth0");
            await Shell.RunAsync("ip", "-n", host, "link", "set", "eth0", "up");
            await Shell.RunAsync("ip", "-n", host, "route", "add", "224.0.0.0/4", "dev", "eth0");
        }
    }

    /// <summary>The command as it must be started to run on the server's host and core; <c>exec</c> all the way, so its pid is the program's.</summary>
    public string[] OnServer(params IEnumerable<string> command) => ["ip", "netns", "exec", Server, "taskset", "-c", $"{ServerCore}", .. command];

    public string[] OnAsker(params IEnumerable<string> command) => ["ip", "netns", "exec", Asker, "taskset", "-c", $"{AskerCore}", .. command];

    public async ValueTask DisposeAsync()
    {
        foreach (var host in (string[])[Server, Asker])
        {
            try
            {
                await Shell.RunAsync("ip", "netns", "del", host);
            }
            catch (InvalidOperationException)
            {
                // It was never made.
            }
        }

        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
