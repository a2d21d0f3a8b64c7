using Beacon.LoadTests.Chaos;
using Beacon.LoadTests.Health;
using Beacon.LoadTests.Mdns;
using Beacon.LoadTests.Stores;

// One scenario a word. A scenario prints a table for people and leaves its figures as JSON beside it.
return args switch
{
    ["mdns", .. var rest] => await MdnsScenario.RunAsync(MdnsScenarioOptions.Parse(rest)),
    ["health", .. var rest] => await HealthScenario.RunAsync(HealthScenarioOptions.Parse(rest)),
    ["mdns-driver", .. var rest] => MdnsDriver.Run(rest),
    ["mongo-chaos", .. var rest] => await ChaosScenario.RunAsync(ChaosScenarioOptions.Parse(rest)),
    ["mongo-cost", .. var rest] => await StoreScenario.RunAsync(StoreScenarioOptions.Parse(rest)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: Beacon.LoadTests mdns --beacon FILE [--results DIRECTORY] [--rounds N] [--seconds N] [--scale N,N,…]
               Beacon and avahi-daemon, each in turn on a host of its own, asked by a second host. Needs root, avahi-daemon and dbus-daemon.

               Beacon.LoadTests mongo-chaos --beacon FILE [--results DIRECTORY] [--seed FIRST] [--seeds N] [--seconds N] [--rate N] [--plant MISTAKE,…]
               Beacon with MongoDB while that is cut, hung, slowed and stepped down and Beacon is killed; checks what was promised.

               Beacon.LoadTests mongo-cost --beacon FILE [--results DIRECTORY] [--rounds N] [--seconds N] [--clients N] [--rate N]
               Registrations and heartbeats with SQLite in memory, SQLite on the disk and MongoDB, in turn.
        """);
    return 64;
}
