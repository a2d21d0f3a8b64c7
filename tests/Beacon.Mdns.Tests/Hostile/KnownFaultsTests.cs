using System.Net;
using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Hostile;

/// <summary>
/// Faults published of other implementations, each shown not to be possible here. Those that cannot be put as a test are rows of
/// docs/hostile-input.md.
/// </summary>
public sealed class KnownFaultsTests
{
    private const ushort Cname = 5;
    private static readonly IPEndPoint OffLink = new(IPAddress.Parse("10.99.9.4"), 5353);
    private static readonly IPEndPoint OffLinkResolver = new(IPAddress.Parse("10.99.9.4"), 40_000);

    /// <summary>Answers to queries from elsewhere made the responder an amplifier.</summary>
    [Fact]
    public void CVE_2017_6519_a_unicast_query_from_another_network_is_not_answered()
    {
        var engine = new EngineHarness(services: Services.Create()).Settle();
        foreach (var source in (IPEndPoint[])[OffLink, OffLinkResolver])
        {
            Assert.Empty(engine.Ask(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A), source, toGroup: false));
            Assert.Empty(engine.Ask(PacketBuilder.Query().Ask("_services._dns-sd._udp.local", DecodedRecord.Any), source, toGroup: false));
        }

        AssertAlive(engine);
    }

    /// <summary>An assertion in the resolver fell over a name that was none.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(".local")]
    [InlineData("a..b.lan")]
    [InlineData("\\")]
    [InlineData("x\\.lan")]
    [InlineData("nas.lan\u0000.evil")]
    [InlineData("-")]
    public void CVE_2021_3502_a_host_that_is_no_name_is_refused_and_not_looked_up(string host)
    {
        var engine = new EngineHarness().Settle();
        engine.Register(Services.Create(host: host));
        engine.Advance(TimeSpan.FromSeconds(10));
        AssertAlive(engine);
    }

    /// <summary>More text than a record holds ended in an assertion.</summary>
    [Fact]
    public void CVE_2023_38469_text_beyond_every_limit_is_cut_to_what_one_packet_carries()
    {
        var metadata = Enumerable.Range(0, 3_000).Select(n => KeyValuePair.Create($"key{n}", new string('v', 300))).ToList();
        var engine = new EngineHarness(services: Services.Create(metadata: metadata, txt: metadata)).Settle();

        var answer = Assert.Single(engine.Ask(PacketBuilder.Query().Ask("Sensor._http._tcp.local", DecodedRecord.Txt))).Message.Answers;

        Assert.InRange(Assert.Single(answer).Rdata.Length, 1, MdnsLimits.TxtRecord);
        AssertAlive(engine);
    }

    /// <summary>Escaping a label wrote past its buffer's end, or asserted that it would not.</summary>
    [Theory]
    [InlineData("ends with a backslash\\")]
    [InlineData("\\")]
    [InlineData("a.b.c.")]
    [InlineData("\\.\\.\\.\\.\\.\\.\\.\\.\\.\\.\\.\\.\\.\\.\\.\\.\\.\\.\\.\\.\\.\\.\\.\\.\\.\\.\\.\\.\\.\\.\\.\\.")]
    [InlineData("\\200\\999")]
    [InlineData("tab\tquote\"apostrophe'`$(x)")]
    public void CVE_2023_38470_any_words_are_one_label_and_are_announced(string name)
    {
        var engine = new EngineHarness(services: Services.Create(name)).Settle();

        var pointers = engine.Ask(PacketBuilder.Query().Ask("_http._tcp.local", DecodedRecord.Ptr)).SelectMany(packet => packet.Message.Answers);

        Assert.Equal(2, pointers.Count());
        AssertAlive(engine);
    }

    /// <summary>A host name that was none ended in an assertion.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a.b")]
    [InlineData("\u0000")]
    [InlineData("Küche")]
    [InlineData("-")]
    public void CVE_2023_38471_a_host_name_that_is_none_becomes_one(string hostName)
    {
        var engine = new EngineHarness(options: new MdnsOptions { HostName = hostName }).Settle();

        Assert.Matches("^[a-z0-9]([a-z0-9-]*[a-z0-9])?\\.local$", engine.Engine.HostName);
        Assert.NotEmpty(engine.Ask(PacketBuilder.Query().Ask(engine.Engine.HostName, DecodedRecord.A)));
    }

    /// <summary>Data of no bytes, or of the wrong shape, ended in an assertion. Ours comes only from the network: nobody registers raw data.</summary>
    [Theory]
    [InlineData(DecodedRecord.A)]
    [InlineData(DecodedRecord.Aaaa)]
    [InlineData(DecodedRecord.Ptr)]
    [InlineData(DecodedRecord.Srv)]
    [InlineData(DecodedRecord.Txt)]
    [InlineData(DecodedRecord.Nsec)]
    [InlineData(Cname)]
    [InlineData((ushort)0)]
    public void CVE_2023_38472_records_of_our_names_with_no_data_or_too_much_do_no_harm(ushort type)
    {
        var engine = new EngineHarness(services: Services.Create()).Settle();
        foreach (var length in (int[])[0, 1, 3, 5, 17, 255, 1000])
        {
            foreach (var name in (string[])["beacon.local", "Sensor._http._tcp.local", "_http._tcp.local"])
            {
                engine.Receive(PacketBuilder.Response().Answer(name, type, new byte[length], flush: true));
                engine.Receive(PacketBuilder.Query().Ask(name, DecodedRecord.Any).Authority(name, type, new byte[length]));
                engine.Receive(PacketBuilder.Query().Ask(name, DecodedRecord.Any).Answer(name, type, new byte[length]));
            }
        }

        AssertAlive(engine);
    }

    /// <summary>Making another name out of one of full length ended in an assertion.</summary>
    [Fact]
    public void CVE_2023_38473_a_full_host_name_that_is_taken_finds_another()
    {
        var engine = new EngineHarness(options: new MdnsOptions { HostName = new string('h', 63) });
        for (var lost = 0; lost < 12; lost++)
        {
            engine.Advance(TimeSpan.FromMilliseconds(400));
            engine.Receive(PacketBuilder.Response().Answer(engine.Engine.HostName, DecodedRecord.A, [10, 77, 1, 9], flush: true));
        }

        engine.Advance(TimeSpan.FromSeconds(20));

        Assert.Matches("^h+-[0-9]+\\.local$", engine.Engine.HostName);
        Assert.InRange(engine.Engine.HostName.Length, 1, 63 + ".local".Length);
        Assert.NotEmpty(engine.Ask(PacketBuilder.Query().Ask(engine.Engine.HostName, DecodedRecord.A)));
    }

    /// <summary>Questions to a server, from one port and with ids one could guess, let others slip in answers. We ask nobody but the group.</summary>
    [Fact]
    public void CVE_2024_52615_and_52616_no_question_leaves_by_unicast_and_no_id_has_a_meaning()
    {
        var engine = new EngineHarness(services: [Services.Create(host: "nas.lan"), Services.Create("B", id: 2)]);
        engine.Resolve("nas.lan", "10.77.1.70");
        engine.Advance(TimeSpan.FromSeconds(70));

        var questions = engine.Sent.Where(packet => !packet.Message.IsResponse).ToList();
        Assert.NotEmpty(questions);
        Assert.All(questions, packet => Assert.True(packet.IsMulticast));
        Assert.All(questions, packet => Assert.Equal([0, 0], packet.Bytes[..2]));

        var sent = engine.Sent.Count;
        engine.Receive(PacketBuilder.Response().Id(1).Answer("nas.lan", DecodedRecord.A, [6, 6, 6, 6]), new IPEndPoint(IPAddress.Parse("10.77.1.9"), 53));
        engine.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(sent, engine.Sent.Count);
    }

    /// <summary>
    /// A CNAME under a key that was asserted to be another, a second announcement two seconds later, a CNAME to itself followed for ever:
    /// the engine follows no CNAME, and one under a name of ours is a record like any other.
    /// </summary>
    [Fact]
    public void CVE_2025_68468_and_68471_and_CVE_2026_24401_CNAMEs_in_circles_and_chains_are_followed_by_nobody()
    {
        var engine = new EngineHarness(services: Services.Create(host: "self.local")).Settle();
        for (var round = 0; round < 3; round++)
        {
            engine.Receive(Alias("self.local", "self.local"));
            engine.Receive(Alias("self.local", "other.local").Answer("other.local", Cname, PacketBuilder.Name("self.local"), ttl: 1));
            engine.Receive(Alias("_http._tcp.local", "_http._tcp.local"));
            for (var link = 0; link < 1000; link++)
            {
                engine.Receive(Alias(link == 0 ? "self.local" : $"c{link}.local", $"c{link + 1}.local"));
            }

            engine.Advance(TimeSpan.FromSeconds(2));
        }

        AssertAlive(engine);
        engine.Receive(Alias("beacon.local", "beacon.local"));
        engine.Advance(TimeSpan.FromSeconds(10));
        AssertAlive(engine);
    }

    private static PacketBuilder Alias(string name, string target) =>
        PacketBuilder.Response().Answer(name, Cname, PacketBuilder.Name(target), flush: true);

    private static void AssertAlive(EngineHarness engine)
    {
        engine.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("beacon.local", engine.Engine.HostName);
        Assert.NotEmpty(engine.Ask(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A)));
    }
}
