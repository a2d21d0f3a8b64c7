using Beacon.LoadTests.Chaos;
using Beacon.LoadTests.Mdns;

// One scenario a word. A scenario prints a table for people and leaves its figures as JSON beside it.
return args switch
{
    ["mdns", .. var rest] => await MdnsScenario.RunAsync(MdnsScenarioOptions.Parse(rest)),
    ["mdns-driver", .. var rest] => MdnsDriver.Run(rest),
    ["mongo-chaos", .. var rest] => await ChaosScenario.RunAsync(ChaosScenarioOptions.Parse(rest)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: Beacon.LoadTests mdns --beacon FILE [--results DIRECTORY] [--rounds N] [--seconds N] [--scale N,N,…]
               Beacon and avahi-daemon, each in turn on a host of its own, asked by a second host. Needs root, avahi-daemon and dbus-daemon.

               Beacon.LoadTests mongo-chaos --beacon FILE [--results DIRECTORY] [--seed FIRST] [--seeds N] [--seconds N] [--rate N] [--plant MISTAKE,…]
               Beacon with MongoDB while that is cut, hung, slowed and stepped down and Beacon is killed; checks what was promised.
        """);
    return 64;
}
