using System.Net;
using Beacon.Mdns.Links;
using Beacon.Mdns.Status;
using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Status;

public sealed class MdnsPictureTests
{
    private const string Sensor = "Sensor._http._tcp.local";

    private static MdnsPicture Take(EngineHarness harness) => harness.Engine.TakePicture(droppedBySystem: 0, harness.Now.Ticks);

    private static NameEntry Name(MdnsPicture picture, string name) => Assert.Single(picture.Names, x => x.Text == name);

    private static long Dropped(EngineHarness harness, DropReason reason) => Take(harness).Links[0].Dropped[(int)reason];

    [Fact]
    public void A_name_waits_is_asked_for_and_is_announced()
    {
        var harness = new EngineHarness(services: Services.Create());
        Assert.Equal([NameState.Waiting], Name(Take(harness), Sensor).States);
        harness.Advance(300);
        Assert.Equal([NameState.Probing], Name(Take(harness), Sensor).States);
        harness.Settle();

        var picture = Take(harness);
        Assert.Equal([NameState.Announced], Name(picture, Sensor).States);
        Assert.Equal([0, 0, 0, 5], picture.Links[0].Names);
        Assert.All(picture.Names, name => Assert.Null(name.Wanted));
    }

    [Fact]
    public void Names_are_those_of_hosts_and_instances_with_the_service_they_stand_for()
    {
        var service = Services.Create();
        var picture = Take(new EngineHarness(services: service).Settle());

        Assert.Equal((NameKind.Instance, service.Id), (Name(picture, Sensor).Kind, Name(picture, Sensor).Service));
        Assert.Equal((NameKind.Host, null), (Name(picture, "beacon-10-77-1-50.local").Kind, Name(picture, "beacon-10-77-1-50.local").Service));
        Assert.Null(Name(picture, "Beacon._beacon._tcp.local").Service);
        Assert.Equal("beacon.local", picture.HostName);
    }

    [Fact]
    public void Each_link_has_its_own_states_and_counts()
    {
        var harness = new EngineHarness(services: Services.Create()).Settle();
        harness.SetLinks(EngineHarness.Link(EngineHarness.Eth0, "10.77.1.1"), EngineHarness.Link(EngineHarness.Eth1, "10.77.2.1"));
        harness.Advance(300);

        var picture = Take(harness);
        Assert.Equal([NameState.Announced, NameState.Probing], Name(picture, Sensor).States);
        Assert.Equal(["eth0", "eth1"], picture.Links.Select(link => link.Info.Name));
        Assert.True(picture.Links[0].Sent > picture.Links[1].Sent);
    }

    [Fact]
    public void Packets_are_counted_by_link_and_direction()
    {
        var harness = new EngineHarness(services: Services.Create()) { LoopsBack = false }.Settle();
        var before = Take(harness).Links[0];
        var answers = harness.Ask(PacketBuilder.Query().Ask(Sensor, DecodedRecord.Srv));

        var after = Take(harness).Links[0];
        Assert.Equal(1, after.Received - before.Received);
        Assert.Equal(answers.Count, after.Sent - before.Sent);
    }

    [Fact]
    public void What_is_dropped_is_counted_by_its_reason()
    {
        var harness = new EngineHarness(services: Services.Create()).Settle();
        var elsewhere = new IPEndPoint(IPAddress.Parse("198.51.100.9"), 5353);
        var plain = new IPEndPoint(EngineHarness.Peer.Address, 40000);
        var answer = PacketBuilder.Response().Answer("x.local", DecodedRecord.A, [1, 2, 3, 4]);
        var query = PacketBuilder.Query().Ask(Sensor, DecodedRecord.Srv);

        harness.Receive([1, 2, 3]);
        harness.Receive(PacketBuilder.Query(flags: 0x2800).Ask(Sensor, DecodedRecord.Srv));
        harness.Receive([.. query.ToArray()[..^3]]);
        harness.Receive(query, elsewhere, toGroup: false);
        harness.Receive(answer, elsewhere, toGroup: false);
        harness.Receive(answer, plain);
        harness.Advance(TimeSpan.FromSeconds(5));
        harness.Receive(answer, toGroup: false);
        harness.Receive(PacketBuilder.Query().Ask(Sensor, DecodedRecord.Srv).Answer("x.local", DecodedRecord.A, [1, 2, 3, 4]), plain);

        Assert.Equal(2, Dropped(harness, DropReason.NotUnderstood));
        Assert.Equal(1, Dropped(harness, DropReason.Damaged));
        Assert.Equal(3, Dropped(harness, DropReason.NotFromThisLink));
        Assert.Equal(1, Dropped(harness, DropReason.NotAskedFor));
        Assert.Equal(1, Dropped(harness, DropReason.NoPlainQuery));
        Assert.Equal(0, Take(harness).NotOurLink);
        harness.Receive(query, link: 77);
        Assert.Equal(1, Take(harness).NotOurLink);
    }

    [Fact]
    public void Answers_beyond_the_limit_are_counted_as_withheld()
    {
        var harness = new EngineHarness(
            options: new MdnsOptions { Version = "2.0.0", UnicastAnswersPerSecond = 10 }, services: Services.Create()).Settle();
        for (var at = 0; at < 5; at++)
        {
            harness.Receive(PacketBuilder.Query().Ask(Sensor, DecodedRecord.Srv), new IPEndPoint(EngineHarness.Peer.Address, 40000));
        }

        Assert.Equal(4, Take(harness).Links[0].Withheld);
    }

    [Fact]
    public void The_last_conflict_says_which_name_where_with_whom_and_when()
    {
        var harness = new EngineHarness(services: Services.Create());
        Assert.Null(Take(harness).LastConflict);
        harness.Advance(300);
        harness.Receive(PacketBuilder.Response().Answer(Sensor, DecodedRecord.Srv, PacketBuilder.Srv("other.local", 9), flush: true));
        harness.Advance(TimeSpan.FromSeconds(20));

        var picture = Take(harness);
        Assert.Equal(new ConflictPicture(Sensor, "eth0", EngineHarness.Peer.Address, WasHeld: false, TimeSpan.FromSeconds(20)), picture.LastConflict);
        Assert.Equal(1, picture.Conflicts);
        Assert.Equal("Sensor", Name(picture, "Sensor (2)._http._tcp.local").Wanted);
        Assert.DoesNotContain(picture.Names, name => name.Text == Sensor);
    }

    [Fact]
    public void A_name_that_was_held_is_asked_for_again()
    {
        var harness = new EngineHarness(services: Services.Create()).Settle();
        harness.Receive(PacketBuilder.Response().Answer(Sensor, DecodedRecord.Srv, PacketBuilder.Srv("other.local", 9), flush: true));

        Assert.True(Take(harness).LastConflict!.WasHeld);
        Assert.NotEqual([NameState.Announced], Name(Take(harness), Sensor).States);
    }
}
