using System.Globalization;

namespace Beacon.Native.Tests.Lab;

/// <summary>One Beacon with many services, each of a type of its own, so that no answer is held back because of an earlier one.</summary>
public sealed class TimedBeacon(LabNetwork lab) : IAsyncLifetime
{
    /// <summary>How many services there are.</summary>
    public const int Services = 64;

    /// <summary>The host name that Beacon gives to the address of all of them.</summary>
    public const string Target = "beacon-10-88-1-50.local";

    private static readonly TimeSpan RegisterLimit = TimeSpan.FromSeconds(20);
    private readonly string _data = Directory.CreateTempSubdirectory("beacon-lab-data-").FullName;
    private LabBeacon? _beacon;

    public static string Type(int number) => string.Create(CultureInfo.InvariantCulture, $"_timed{number:00}._tcp.local");

    public static string Instance(int number) => string.Create(CultureInfo.InvariantCulture, $"Timed {number:00}.{Type(number)}");

    public static int Port(int number)
    {
        const int First = 9000;
        return First + number;
    }

    public async ValueTask InitializeAsync()
    {
        if (lab.Refusal is not null)
        {
            return;
        }

        _beacon = await LabBeacon.StartAsync(lab.A, _data);
        using var probes = await Injector.WatchProbesAsync(lab.B, Instance(Services - 1), denials: 0);
        await _beacon.SendAllAsync(lab.B, Enumerable.Range(0, Services).Select(number =>
            $$"""{"name":"Timed {{number:00}}","type":"timed{{number:00}}","host":"{{LabNetwork.AddressC}}","port":{{Port(number)}},"ttl":600}"""));
        const int Probes = 3;
        Assert.NotNull(await probes.WaitForLineAsync(_ => Injector.Probes(probes).Count == Probes, RegisterLimit));
    }

    public ValueTask DisposeAsync()
    {
        _beacon?.Dispose();
        Directory.Delete(_data, recursive: true);
        return ValueTask.CompletedTask;
    }
}
