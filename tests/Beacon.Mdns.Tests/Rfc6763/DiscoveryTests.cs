using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Rfc6763;

public sealed class DiscoveryTests
{
    [Fact]
    public void Section_9_every_type_is_in_the_list_of_types_once_however_many_instances_it_has()
    {
        var services = Enumerable.Range(1, 5).Select(n => Services.Create($"Sensor {n}", id: n)).ToArray();
        var engine = new EngineHarness(services: services).Settle();
        var answers = Assert.Single(engine.Ask(PacketBuilder.Query().Ask("_services._dns-sd._udp.local", DecodedRecord.Ptr))).Message.Answers;

        Assert.Equal(["_beacon._tcp.local", "_http._tcp.local"], answers.Select(record => record.Value).Order());
        Assert.All(answers, record => Assert.False(record.Flush));
        Assert.All(answers, record => Assert.Equal(4500u, record.Ttl));
    }

    [Fact]
    public void Section_9_the_list_of_types_is_announced_once_and_not_in_every_packet()
    {
        var services = Enumerable.Range(1, 200).Select(n => Services.Create($"Sensor {n}", id: n)).ToArray();
        var engine = new EngineHarness(services: services);
        engine.Advance(1200);

        Assert.Single(engine.MulticastAnswers(), record => record is { Name: "_services._dns-sd._udp.local", Value: "_http._tcp.local" });
    }

    [Fact]
    public void Section_12_1_a_pointer_brings_srv_txt_and_all_addresses_of_the_target()
    {
        var engine = new EngineHarness(services: Services.Create(host: "10.77.1.50 10.77.1.51 fd00::50", mdnsType: "_iot._tcp")).Settle();
        var message = Assert.Single(engine.Ask(PacketBuilder.Query().Ask("_iot._tcp.local", DecodedRecord.Ptr))).Message;

        Assert.Equal(
            [DecodedRecord.A, DecodedRecord.A, DecodedRecord.Txt, DecodedRecord.Aaaa, DecodedRecord.Srv, DecodedRecord.Nsec],
            message.Additionals.Select(record => record.Type).Order());
    }

    [Fact]
    public void Section_12_2_an_srv_brings_the_addresses_of_the_target()
    {
        var engine = new EngineHarness(services: Services.Create()).Settle();
        var message = Assert.Single(engine.Ask(PacketBuilder.Query().Ask("Sensor._http._tcp.local", DecodedRecord.Srv))).Message;

        Assert.Contains(message.Additionals, record => record is { Name: "beacon-10-77-1-50.local", Value: "10.77.1.50" });
    }

    [Fact]
    public void Section_4_1_1_dots_blanks_and_emoji_stay_in_one_label()
    {
        var engine = new EngineHarness(services: Services.Create("Dr. Pepper's 🖨 v1.0")).Settle();
        var answers = engine.Ask(PacketBuilder.Query().Ask("_http._tcp.local", DecodedRecord.Ptr))[0].Message.Answers;

        Assert.Contains(answers, record => record.Value == "Dr\\. Pepper's 🖨 v1\\.0._http._tcp.local");
    }

    [Fact]
    public void Section_7_1_a_subtype_points_to_the_instance_under_its_own_name_and_brings_its_records()
    {
        var engine = new EngineHarness(services: Services.Create("Printer", mdnsType: "_ipp._tcp,_color,Zweiseitig")).Settle();
        var message = Assert.Single(engine.Ask(PacketBuilder.Query().Ask("_color._sub._ipp._tcp.local", DecodedRecord.Ptr))).Message;

        Assert.Equal(["Printer._ipp._tcp.local"], message.Answers.Select(record => record.Value));
        Assert.Contains(message.Additionals, record => record is { Name: "Printer._ipp._tcp.local", Type: DecodedRecord.Srv });
        Assert.NotEmpty(engine.Ask(PacketBuilder.Query().Ask("zweiseitig._sub._ipp._tcp.local", DecodedRecord.Ptr)));
    }

    [Fact]
    public void Section_7_1_a_question_for_the_type_is_not_answered_with_subtypes_and_the_list_of_types_has_none()
    {
        var engine = new EngineHarness(services: Services.Create("Printer", mdnsType: "_ipp._tcp,_color")).Settle();
        var type = Assert.Single(engine.Ask(PacketBuilder.Query().Ask("_ipp._tcp.local", DecodedRecord.Ptr))).Message;
        var types = Assert.Single(engine.Ask(PacketBuilder.Query().Ask("_services._dns-sd._udp.local", DecodedRecord.Ptr))).Message;

        Assert.Equal(["_ipp._tcp.local"], type.Answers.Select(record => record.Name));
        Assert.DoesNotContain(types.Answers, record => record.Value.Contains("_sub", StringComparison.Ordinal));
    }

    [Fact]
    public void Section_7_1_subtypes_are_announced_with_the_instance_and_the_goodbye_covers_them()
    {
        var service = Services.Create("Printer", mdnsType: "_ipp._tcp,_color");
        var engine = new EngineHarness(services: service);
        engine.Advance(TimeSpan.FromSeconds(5));
        Assert.Contains(engine.MulticastAnswers(), record => record is { Name: "_color._sub._ipp._tcp.local", Ttl: 4500, Flush: false });

        engine.Sent.Clear();
        engine.Tell(service, Registry.Events.RegistryEventKind.Deregistered);
        engine.Advance(500);
        Assert.Contains(engine.MulticastAnswers(), record => record is { Name: "_color._sub._ipp._tcp.local", Ttl: 0 });
        Assert.Empty(engine.Ask(PacketBuilder.Query().Ask("_color._sub._ipp._tcp.local", DecodedRecord.Ptr)));
    }

    [Fact]
    public void Section_7_1_subtypes_come_and_go_without_the_instance_being_probed_again()
    {
        var engine = new EngineHarness(services: Services.Create("Printer", mdnsType: "_ipp._tcp,_color")).Settle();
        engine.Tell(Services.Create("Printer", mdnsType: "_ipp._tcp,_duplex"), Registry.Events.RegistryEventKind.Updated);
        engine.Advance(TimeSpan.FromSeconds(5));

        Assert.Empty(engine.Probes());
        Assert.Contains(engine.MulticastAnswers(), record => record is { Name: "_color._sub._ipp._tcp.local", Ttl: 0 });
        Assert.Contains(engine.MulticastAnswers(), record => record is { Name: "_duplex._sub._ipp._tcp.local", Ttl: 4500 });
        Assert.DoesNotContain(engine.MulticastAnswers(), record => record.Name == "_ipp._tcp.local");
    }

    [Fact]
    public void Section_8_services_on_one_host_share_one_set_of_addresses_in_a_packet()
    {
        var services = Enumerable.Range(1, 5).Select(n => Services.Create($"Sensor {n}", mdnsType: "_iot._tcp", id: n)).ToArray();
        var engine = new EngineHarness(services: services).Settle();
        var message = Assert.Single(engine.Ask(PacketBuilder.Query().Ask("_iot._tcp.local", DecodedRecord.Ptr))).Message;

        Assert.Equal(5, message.Answers.Count);
        Assert.Single(message.Additionals, record => record.Type == DecodedRecord.A);
    }

    [Fact]
    public void A_service_over_udp_is_announced_as_udp()
    {
        var engine = new EngineHarness(services: Services.Create(mdnsType: "_coap._udp")).Settle();
        Assert.NotEmpty(engine.Ask(PacketBuilder.Query().Ask("Sensor._coap._udp.local", DecodedRecord.Srv)));
    }
}
