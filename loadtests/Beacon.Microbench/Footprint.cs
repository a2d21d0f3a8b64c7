using System.Diagnostics;
using System.Globalization;
using System.Net;
using Beacon.Registry;
using Beacon.Registry.Events;
using Beacon.Registry.Services;

namespace Beacon.Microbench;

/// <summary>
/// What a service takes of the managed heap: registry, indexes and wheel, its texts included. Every text is an object of its own when it comes,
/// as it is when it was read from a request.
/// </summary>
internal static class Footprint
{
    /// <summary>Bytes of one service at the most.</summary>
    public const int Target = 700;

    private static readonly int[] Sizes = [1_000, 100_000, 1_000_000];
    private static readonly string[] Types = ["http", "mqtt", "iot", "printer", "media"];

    public static void Print()
    {
        Console.WriteLine($"| services | bytes of one (at most {Target}) | registered in, s |");
        Console.WriteLine("| --- | --- | --- |");
        foreach (var size in Sizes)
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var began = Stopwatch.GetTimestamp();
            var registry = Fill(size);
            var took = Stopwatch.GetElapsedTime(began);
            var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {size:N0} | {bytes / (double)size:N0} | {took.TotalSeconds:N2} |"));
            GC.KeepAlive(registry);
        }
    }

    private static ServiceRegistry Fill(int services)
    {
        var registry = new ServiceRegistry(TimeProvider.System, new RegistryLimits(), new EventHub());
        for (var number = 0; number < services; number++)
        {
            registry.Register(Wish(number));
        }

        return registry;
    }

    /// <summary>The same service as the load tests register.</summary>
    private static Registration Wish(int number) => new()
    {
        Name = Text($"service-{number}"),
        Type = Text($"{Types[number % Types.Length]}"),
        Host = Text($"host-{number % 1000}.lan"),
        Port = 1 + (number % 65_000),
        Protocol = Text($"tcp"),
        TtlSeconds = 3600,
        Tags = new List<string>(3) { Text($"room-{number % 50}"), Text($"floor-{number % 3}"), Text($"all") },
        Metadata = new List<KeyValuePair<string, string>>(4)
        {
            new(Text($"version"), Text($"1.{number % 10}")),
            new(Text($"serial"), Text($"{number:D8}")),
            new(Text($"maker"), Text($"example")),
            new(Text($"model"), Text($"m{number % 20}")),
        },
        SourceAddress = new IPAddress([192, 0, 2, (byte)(number % 250)]),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
