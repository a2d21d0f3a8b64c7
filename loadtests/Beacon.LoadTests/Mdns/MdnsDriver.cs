using System.Globalization;
using System.Text.Json.Nodes;
using Beacon.LoadTests.Lab;

namespace Beacon.LoadTests.Mdns;

/// <summary>
/// The asking side, started again as a process of its own on the asker's host. One job a run; the figures are one line of JSON on standard
/// output.
/// </summary>
internal static class MdnsDriver
{
    public const int HttpPort = 8080;

    public static int Run(string[] arguments)
    {
        var result = arguments switch
        {
            ["register", var from, var count] => Registrar.Run(TwoHosts.ServerAddress, Number(from), Number(count)),
            ["flood", var kind, var rate, var seconds] => Flood.Run(Enum.Parse<FloodKind>(kind), Number(rate), Number(seconds)),
            ["ask", var name, var type, var names, var window, var seconds] =>
                AskLoop.Run(name, (ushort)Number(type), Number(names), Number(window), Number(seconds)),
            ["wait", var name, var type, var seconds] => Waiter.Run(name, (ushort)Number(type), Number(seconds)),
            ["listen", var seconds] => LinkMeter.Run(Number(seconds)),
            ["latency", var name, var type, var milliseconds, var seconds] =>
                LatencyProbe.Run(name, (ushort)Number(type), Number(milliseconds), Number(seconds)),
            _ => throw new ArgumentException($"no such job: {string.Join(' ', arguments)}"),
        };
        Console.WriteLine(result.ToJsonString());
        return 0;
    }

    /// <summary>Runs a job on the asker's host and returns its figures.</summary>
    public static async Task<JsonObject> RunOnAskerAsync(TwoHosts hosts, params IEnumerable<string> job)
    {
        var command = hosts.OnAsker([Environment.ProcessPath!, .. SelfArguments(), "mdns-driver", .. job]);
        var output = await Shell.RunAsync(command[0], command[1..]);
        return JsonNode.Parse(output)!.AsObject();
    }

    /// <summary>Started through the dotnet host, the program's own file is an argument of it.</summary>
    private static string[] SelfArguments() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(MdnsDriver).Assembly.Location] : [];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
