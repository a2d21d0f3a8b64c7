using Beacon.Mdns.Browsing;
using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Browsing;

public class ServiceBrowserTests
{
    private const string Types = "_services._dns-sd._udp.local";
    private const string Type = "_ipp._tcp.local";
    private const string Printer = "Office Printer._ipp._tcp.local";
    private const string Host = "printer.local";

    private static PacketBuilder Pointer(uint ttl = 4500) =>
        PacketBuilder.Response().Answer(Type, DecodedRecord.Ptr, PacketBuilder.Name(Printer), ttl);

    private static PacketBuilder Whole(ushort port = 631, string host = Host, string txt = "note=second floor") => PacketBuilder.Response()
        .Answer(Printer, DecodedRecord.Srv, PacketBuilder.Srv(host, port), flush: true)
        .Answer(Printer, DecodedRecord.Txt, PacketBuilder.Txt(txt, "Color", "duplex=", "NOTE=again", "=none"), 4500, flush: true)
        .Answer(host, DecodedRecord.A, PacketBuilder.Address("10.77.1.50"), flush: true)
        .Answer(host, DecodedRecord.Nsec, [.. PacketBuilder.Name(host), 0, 1, 0x40], flush: true);

    private static BrowserHarness OfType() => new(BrowseTarget.ForType("ipp", "local"));

    [Fact]
    public void One_that_is_said_whole_is_told_once_as_it_is()
    {
        var look = OfType();
        look.Network.Receive(Pointer());
        look.Network.Receive(Whole());
        look.Network.Advance(TimeSpan.FromSeconds(20));

        var (at, what, service) = Assert.Single(look.Services);
        Assert.Equal(BrowseEvent.Found, what);
        Assert.Equal(100, at.TotalMilliseconds);
        Assert.Equal(("Office Printer", "_ipp._tcp", "local", "eth0"), (service.Instance, service.Type, service.Domain, service.Interface));
        Assert.Equal((Host, 631, "10.77.1.50"), (service.Host, service.Port, Assert.Single(service.Addresses).ToString()));
        Assert.Equal(1, look.Answers);
    }

    [Fact]
    public void RFC_6763_section_6_4_four_states_of_an_attribute_are_told_apart_and_the_first_of_a_key_counts()
    {
        var look = OfType();
        look.Network.Receive(Pointer());
        look.Network.Receive(Whole());
        look.Network.Advance(200);

        TxtPair[] expected = [new("note", "second floor"), new("Color", null), new("duplex", "")];
        Assert.Equal(expected, look.Services[0].Service.Txt);
    }

    [Fact]
    public void RFC_6763_section_12_what_a_peer_does_not_add_is_asked_for()
    {
        var look = OfType();
        look.Network.Receive(Pointer());
        look.Network.Advance(200);
        look.Network.Receive(PacketBuilder.Response().Answer(Printer, DecodedRecord.Srv, PacketBuilder.Srv(Host, 631), flush: true));
        look.Network.Advance(200);

        Assert.NotEmpty(look.Network.Asked(Printer, DecodedRecord.Srv));
        Assert.NotEmpty(look.Network.Asked(Printer, DecodedRecord.Txt));
        Assert.NotEmpty(look.Network.Asked(Host, DecodedRecord.A));
        Assert.NotEmpty(look.Network.Asked(Host, DecodedRecord.Aaaa));
    }

    [Fact]
    public void A_host_that_has_said_one_family_is_given_half_a_second_for_the_other()
    {
        var look = OfType();
        look.Network.Receive(Pointer());
        look.Network.Receive(PacketBuilder.Response()
            .Answer(Printer, DecodedRecord.Srv, PacketBuilder.Srv(Host, 631), flush: true)
            .Answer(Printer, DecodedRecord.Txt, PacketBuilder.Txt("a=b"), flush: true)
            .Answer(Host, DecodedRecord.A, PacketBuilder.Address("10.77.1.50"), flush: true));
        look.Network.Advance(300);
        look.Network.Receive(PacketBuilder.Response().Answer(Host, DecodedRecord.Aaaa, PacketBuilder.Address("fe80::50"), flush: true));
        look.Network.Advance(TimeSpan.FromSeconds(5));

        var service = Assert.Single(look.Services).Service;
        Assert.Equal(["10.77.1.50", "fe80::50%2"], service.Addresses.Select(x => x.ToString()));
    }

    [Fact]
    public void One_that_nobody_resolves_is_told_after_two_seconds_as_far_as_it_is_known()
    {
        var look = OfType();
        look.Network.Receive(Pointer());
        look.Network.Advance(1999);
        Assert.Empty(look.Services);
        look.Network.Advance(1);

        Assert.False(Assert.Single(look.Services).Service.IsResolved);
        Assert.Equal(0, look.Answers);
        look.Network.Receive(Whole());
        look.Network.Advance(200);
        Assert.Equal(BrowseEvent.Changed, look.Services[^1].What);
        Assert.True(look.Services[^1].Service.IsResolved);
    }

    [Fact]
    public void A_new_port_and_new_attributes_are_told_as_one_change()
    {
        var look = OfType();
        look.Network.Receive(Pointer());
        look.Network.Receive(Whole());
        look.Network.Advance(TimeSpan.FromSeconds(5));
        look.Network.Receive(Whole(port: 632, txt: "note=third floor"));
        look.Network.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal([BrowseEvent.Found, BrowseEvent.Changed], look.Services.Select(x => x.What));
        Assert.Equal((632, "third floor"), (look.Services[^1].Service.Port, look.Services[^1].Service.Txt[0].Value));
    }

    [Fact]
    public void One_that_moves_is_told_with_the_address_of_the_new_host_and_the_old_one_is_not_asked_for_any_more()
    {
        var look = OfType();
        look.Network.Receive(Pointer());
        look.Network.Receive(Whole());
        look.Network.Advance(TimeSpan.FromSeconds(5));
        look.Network.Receive(Whole(host: "other.local"));
        look.Network.Sent.Clear();
        look.Network.Advance(TimeSpan.FromSeconds(110));

        Assert.Equal("other.local", look.Services[^1].Service.Host);
        Assert.Empty(look.Network.Asked(Host, DecodedRecord.A));
        Assert.NotEmpty(look.Network.Asked("other.local", DecodedRecord.A));
    }

    [Fact]
    public void A_goodbye_is_told_a_second_later_and_nothing_of_it_is_asked_for_any_more()
    {
        var look = OfType();
        look.Network.Receive(Pointer());
        look.Network.Receive(Whole());
        look.Network.Advance(TimeSpan.FromSeconds(5));
        look.Network.Receive(Pointer(ttl: 0));
        look.Network.Advance(1000);
        look.Network.Sent.Clear();
        look.Network.Advance(TimeSpan.FromHours(1));

        Assert.Equal([BrowseEvent.Found, BrowseEvent.Gone], look.Services.Select(x => x.What));
        Assert.Equal(0, look.Answers);
        Assert.All(look.Network.Sent.SelectMany(x => x.Message.Questions), question => Assert.Equal(Type, question.Name));
    }

    [Fact]
    public void Each_link_has_its_own_and_an_address_of_one_never_answers_for_another()
    {
        var look = new BrowserHarness(BrowseTarget.ForType("_ipp._tcp", "local"), twoLinks: true);
        look.Network.Receive(Pointer());
        look.Network.Receive(Whole());
        look.Network.Receive(Pointer(), link: QuerierHarness.Eth1);
        look.Network.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["eth0", "eth1"], look.Services.Select(x => x.Service.Interface));
        Assert.Equal([true, false], look.Services.Select(x => x.Service.IsResolved));
        Assert.Empty(look.Network.Asked(Host, DecodedRecord.A, QuerierHarness.Eth1));
    }

    [Fact]
    public void RFC_6763_section_9_every_type_that_is_listed_is_browsed()
    {
        var look = new BrowserHarness(BrowseTarget.Everything("local"));
        look.Network.Receive(PacketBuilder.Response()
            .Answer(Types, DecodedRecord.Ptr, PacketBuilder.Name(Type))
            .Answer(Types, DecodedRecord.Ptr, PacketBuilder.Name("_ssh._tcp.local"))
            .Answer(Types, DecodedRecord.Ptr, PacketBuilder.Name(Types)));
        look.Network.Advance(200);
        look.Network.Receive(Pointer());
        look.Network.Receive(Whole());
        look.Network.Advance(TimeSpan.FromSeconds(2));

        Assert.NotEmpty(look.Network.Asked("_ssh._tcp.local", DecodedRecord.Ptr));
        Assert.Equal("Office Printer", Assert.Single(look.Services).Service.Instance);
    }

    /// <summary>Found by the simulated network: such an instance was never listed.</summary>
    [Fact]
    public void An_instance_that_was_heard_of_before_its_type_is_listed_and_one_goodbye_ends_it()
    {
        var look = new BrowserHarness(BrowseTarget.Everything("local"));
        look.Network.Receive(Pointer());
        look.Network.Receive(Whole());
        look.Network.Receive(PacketBuilder.Response()
            .Answer(Types, DecodedRecord.Ptr, PacketBuilder.Name(Type))
            .Answer(Type, DecodedRecord.Ptr, PacketBuilder.Name("Scanner._ipp._tcp.local")));
        look.Network.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(["Office Printer", "Scanner"], look.Services.Select(x => x.Service.Instance));

        look.Network.Receive(Pointer(ttl: 0));
        look.Network.Receive(PacketBuilder.Response().Answer(Type, DecodedRecord.Ptr, PacketBuilder.Name("Scanner._ipp._tcp.local"), ttl: 0));
        look.Network.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, look.Services.Count(x => x.What == BrowseEvent.Gone));
    }

    [Fact]
    public void RFC_6763_section_9_a_list_of_types_without_end_is_followed_to_its_bound()
    {
        var look = new BrowserHarness(BrowseTarget.Everything("local"));
        for (var at = 0; at < 1000; at++)
        {
            look.Network.Receive(PacketBuilder.Response().Answer(Types, DecodedRecord.Ptr, PacketBuilder.Name($"_t{at}._tcp.local")));
        }

        look.Network.Advance(200);

        Assert.Equal(513, look.Network.Sent.SelectMany(x => x.Message.Questions).Distinct().Count());
    }

    [Fact]
    public void RFC_6763_section_4_2_the_type_of_an_instance_is_what_its_own_name_says()
    {
        var look = new BrowserHarness(BrowseTarget.ForType("_printer._sub._ipp._tcp", "local"));
        look.Network.Receive(PacketBuilder.Response().Answer("_printer._sub._ipp._tcp.local", DecodedRecord.Ptr, PacketBuilder.Name(Printer)));
        look.Network.Receive(Whole());
        look.Network.Advance(200);

        Assert.Equal("_ipp._tcp", Assert.Single(look.Services).Service.Type);
    }

    [Fact]
    public void A_pointer_to_what_is_no_instance_leads_nowhere()
    {
        var look = OfType();
        look.Network.Receive(PacketBuilder.Response().Answer(Type, DecodedRecord.Ptr, PacketBuilder.Name(Type)));
        look.Network.Receive(PacketBuilder.Response().Answer(Type, DecodedRecord.Ptr, PacketBuilder.Name("just.a.name.local")));
        look.Network.Advance(TimeSpan.FromSeconds(5));

        Assert.Empty(look.Services);
    }

    [Fact]
    public void RFC_6763_section_5_of_several_places_the_one_with_the_lowest_priority_is_told()
    {
        var look = OfType();
        byte[] Srv(byte priority, ushort port) => [0, priority, .. PacketBuilder.Srv(Host, port)[2..]];
        look.Network.Receive(Pointer());
        look.Network.Receive(Whole());
        look.Network.Receive(PacketBuilder.Response()
            .Answer(Printer, DecodedRecord.Srv, Srv(5, 1005), flush: true)
            .Answer(Printer, DecodedRecord.Srv, Srv(1, 1001), flush: true)
            .Answer(Printer, DecodedRecord.Srv, Srv(9, 1009), flush: true));
        look.Network.Receive(PacketBuilder.Response().Answer(Printer, DecodedRecord.Srv, PacketBuilder.Srv(Host, 631), ttl: 0, flush: true));
        look.Network.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(1001, look.Services[^1].Service.Port);
    }

    [Fact]
    public void Changes_that_never_end_are_told_once_a_second()
    {
        var look = OfType();
        look.Network.Receive(Pointer());
        look.Network.Receive(Whole());
        look.Network.Advance(TimeSpan.FromSeconds(2));
        for (var at = 0; at < 200; at++)
        {
            look.Network.Receive(Whole(txt: $"count={at}"));
            look.Network.Advance(50);
        }

        Assert.InRange(look.Services.Count, 9, 13);
    }
}
