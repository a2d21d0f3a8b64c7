using Beacon.Mdns.Wire.Tests.Support;
using Beacon.Testing;

namespace Beacon.Mdns.Wire.Tests;

/// <summary>Every captured packet in every shape: an error or a sane message, the same whatever lies around it, and never an exception.</summary>
public class CorpusShapesTests
{
    private const int GuardLength = 64;

    private readonly Digest _digest = new();

    public static TheoryData<string> Packets => [.. CorpusFiles.Names];

    [Theory]
    [MemberData(nameof(Packets))]
    public void As_captured_it_is_read_to_the_end(string name)
    {
        var packet = CorpusFiles.Read(name);
        _digest.Read(packet);
        Assert.Equal(WireError.None, _digest.Error);
        Assert.Equal(0, _digest.Skipped);
        Assert.True(DnsHeader.TryRead(packet, out var header));
        Assert.Equal(header.QuestionCount, _digest.Questions);
        Assert.Equal(header.AnswerCount + header.AuthorityCount + header.AdditionalCount, _digest.Records);
    }

    [Theory]
    [MemberData(nameof(Packets))]
    public void What_lies_around_it_is_never_read(string name)
    {
        var packet = CorpusFiles.Read(name);
        var alone = _digest.Read(packet);
        foreach (byte guard in new byte[] { 0x00, 0x01, 0xC0, 0xFF })
        {
            Assert.Equal(alone, _digest.Read(Guarded(packet, guard).AsSpan(GuardLength, packet.Length)));
        }
    }

    [Theory]
    [MemberData(nameof(Packets))]
    public void Cut_at_any_byte_it_gives_the_records_before_the_cut(string name)
    {
        var packet = CorpusFiles.Read(name);
        _digest.Read(packet);
        var (whole, previous) = (_digest.Records, 0);
        for (var length = 0; length < packet.Length; length++)
        {
            var cut = _digest.Read(packet.AsSpan(0, length).ToArray());
            Assert.NotEqual(WireError.None, _digest.Error);
            Assert.InRange(_digest.Records, previous, whole);
            previous = _digest.Records;
            Assert.Equal(cut, _digest.Read(packet.AsSpan(0, length)));
        }
    }

    [Theory]
    [MemberData(nameof(Packets))]
    public void With_any_bit_flipped_it_does_no_harm(string name)
    {
        foreach (var flipped in Damage.EachBitFlipped(CorpusFiles.Read(name)))
        {
            AssertSameBetweenGuards(flipped);
        }
    }

    [Theory]
    [MemberData(nameof(Packets))]
    public void With_any_pointer_redirected_it_does_no_harm(string name)
    {
        foreach (var redirected in Damage.EachPointerRedirected(CorpusFiles.Read(name)))
        {
            AssertSameBetweenGuards(redirected);
        }
    }

    [Fact]
    public void The_corpus_is_there() => Assert.True(Packets.Count >= 20);

    private void AssertSameBetweenGuards(byte[] packet) =>
        Assert.Equal(_digest.Read(packet), _digest.Read(Guarded(packet, 0xFF).AsSpan(GuardLength, packet.Length)));

    private static byte[] Guarded(byte[] packet, byte guard)
    {
        var bytes = new byte[packet.Length + (2 * GuardLength)];
        bytes.AsSpan().Fill(guard);
        packet.CopyTo(bytes, GuardLength);
        return bytes;
    }
}
