using Beacon.LoadTests.Chaos;
using Beacon.LoadTests.Health;
using Beacon.LoadTests.Load;
using Beacon.LoadTests.Mdns;
using Beacon.LoadTests.Metrics;
using Beacon.LoadTests.Stores;

// One scenario a word. A scenario prints a table for people and leaves its figures as JSON beside it.
try
{
    return args switch
    {
        ["mdns", .. var rest] => await MdnsScenario.RunAsync(MdnsScenarioOptions.Parse(rest)),
        ["health", .. var rest] => await HealthScenario.RunAsync(HealthScenarioOptions.Parse(rest)),
        ["scrape", .. var rest] => await ScrapeScenario.RunAsync(ScrapeScenarioOptions.Parse(rest)),
        ["wear", .. var rest] => await WearScenario.RunAsync(WearScenarioOptions.Parse(rest)),
        ["mdns-driver", .. var rest] => MdnsDriver.Run(rest),
        ["mongo-chaos", .. var rest] => await ChaosScenario.RunAsync(ChaosScenarioOptions.Parse(rest)),
        ["mongo-cost", .. var rest] => await StoreScenario.RunAsync(StoreScenarioOptions.Parse(rest)),
        ["register-storm", .. var rest] => await RegisterStorm.RunAsync(rest),
        ["renewal-steady-state", .. var rest] => await RenewalSteadyState.RunAsync(rest),
        ["bulk-renewal", .. var rest] => await BulkRenewal.RunAsync(rest),
        ["query-flood", .. var rest] => await QueryFlood.RunAsync(rest),
        ["live-fan-out", .. var rest] => await LiveFanOut.RunAsync(rest),
        ["live-renewal", .. var rest] => await LiveRenewal.RunAsync(rest),
        ["mass-expiry", .. var rest] => await MassExpiry.RunAsync(rest),
        ["cold-start", .. var rest] => await ColdStart.RunAsync(rest),
        ["store-outage", .. var rest] => await StoreOutage.RunAsync(rest),
        ["small-board", .. var rest] => await SmallBoard.RunAsync(rest),
        ["soak", .. var rest] => await Soak.RunAsync(rest),
        ["collectors", .. var rest] => await Collectors.RunAsync(rest),
        ["peers", .. var rest] => await Peers.RunAsync(rest),
        _ => Usage(),
    };
}
catch (ArgumentException mistake)
{
    Console.Error.WriteLine(mistake.Message);
    return 64;
}

static int Usage()
{
    Console.Error.WriteLine("""
        usage: Beacon.LoadTests mdns --beacon FILE [--results DIRECTORY] [--rounds N] [--seconds N] [--scale N,N,…]
               Beacon and avahi-daemon, each in turn on a host of its own, asked by a second host. Needs root, avahi-daemon and dbus-daemon.

               Beacon.LoadTests health --beacon FILE [--results DIRECTORY] [--targets N] [--seconds N] [--retries N] [--seed N]
               Web servers that fail and recover at random, and whether Beacon tells of each change in time.

               Beacon.LoadTests scrape --beacon FILE [--results DIRECTORY] [--services N] [--rounds N]
               GET /metrics with many checked services, by how many of them it shows.

               Beacon.LoadTests wear --beacon FILE [--results DIRECTORY] [--services N] [--minutes N]
               Bytes that an hour of heartbeats and health checks writes to the disk.

               Beacon.LoadTests mongo-chaos --beacon FILE [--results DIRECTORY] [--seed FIRST] [--seeds N] [--seconds N] [--rate N] [--plant MISTAKE,…]
               Beacon with MongoDB while that is cut, hung, slowed and stepped down and Beacon is killed; checks what was promised.

               Beacon.LoadTests mongo-cost --beacon FILE [--results DIRECTORY] [--rounds N] [--seconds N] [--clients N] [--rate N]
               Registrations and heartbeats with SQLite in memory, SQLite on the disk and MongoDB, in turn.

               Beacon.LoadTests SCENARIO --beacon FILE [--vs FILE] [--results DIRECTORY] [--rounds N] [--seconds N] [--services N] [--clients N] [--rate N]
               Beside the bare program that --vs names; each has usual values for the others. SCENARIO is one of
               register-storm         registrations as fast as they are confirmed
               renewal-steady-state   heartbeats: the most, and times at 70 % of that
               bulk-renewal           ten thousand leases a request
               live-renewal           heartbeats over WebSockets
               query-flood            look-ups by id, pages by every kind of filter
               live-fan-out           events to many clients; memory of idle ones
               mass-expiry            very many leases that end in the same second
               cold-start             a start with very many services
               store-outage           MongoDB goes away and comes back
               small-board            256 MiB and half a core; needs root
               soak                   everything, for hours
               collectors             the same load under each of the runtime's collectors
               peers                  etcd and nginx; both must be installed
        """);
    return 64;
}
