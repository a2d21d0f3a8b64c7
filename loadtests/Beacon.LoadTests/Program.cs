using Beacon.LoadTests.Mdns;

// One scenario a word. A scenario prints a table for people and leaves its figures as JSON beside it.
return args switch
{
    ["mdns", .. var rest] => await MdnsScenario.RunAsync(MdnsScenarioOptions.Parse(rest)),
    ["mdns-driver", .. var rest] => MdnsDriver.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: Beacon.LoadTests mdns --beacon FILE [--results DIRECTORY] [--rounds N] [--seconds N] [--scale N,N,…]
               Beacon and avahi-daemon, each in turn on a host of its own, asked by a second host. Needs root, avahi-daemon and dbus-daemon.
        """);
    return 64;
}
