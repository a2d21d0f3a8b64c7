using Beacon.Mdns.Wire.Tests.Support;
using Beacon.Testing;

namespace Beacon.Mdns.Wire.Tests;

/// <summary>The header's bits and the two top bits of the class fields (RFC 6762 §18).</summary>
public class MessageReaderHeaderTests
{
    [Theory]
    [InlineData("0000", false, 0, 0, false, false)]
    [InlineData("8400", true, 0, 0, false, false)]
    [InlineData("0200", false, 0, 0, true, false)]
    [InlineData("0100", false, 0, 0, false, true)]
    [InlineData("2000", false, 4, 0, false, false)]
    [InlineData("8403", true, 0, 3, false, false)]
    [InlineData("05f0", false, 0, 0, false, true)] // everything that is to be ignored
    public void Flags_are_told_apart(string flags, bool isResponse, int opcode, int code, bool isTruncated, bool wantsRecursion)
    {
        Assert.Equal(WireError.None, MessageReader.Open(Hex.Parse($"beef {flags} 0000 0000 0000 0000"), out var reader));
        var header = reader.Header;
        Assert.Equal(0xBEEF, header.Id);
        Assert.Equal(
            (isResponse, opcode, code, isTruncated, wantsRecursion),
            (header.IsResponse, header.Opcode, header.ResponseCode, header.IsTruncated, header.RecursionDesired));
    }

    [Fact]
    public void The_top_bit_of_a_class_is_told_apart_but_not_for_options()
    {
        var bytes = Hex.Parse("0000 0000 0001 0001 0000 0001 00 0001 8001 00 0001 8001 00000001 0004 01020304 00 0029 9000 80000001 0000");
        Assert.Equal(WireError.None, MessageReader.Open(bytes, out var reader));
        Assert.True(reader.TryReadQuestion(out var question));
        Assert.Equal((RecordClass.Internet, true), (question.Class, question.WantsUnicast));
        Assert.True(reader.TryReadRecord(out var address));
        Assert.Equal((RecordClass.Internet, true), (address.Class, address.CacheFlush));
        Assert.True(reader.TryReadRecord(out var options));
        Assert.Equal((Section.Additional, 0x9000, false, 0x80000001u), (options.Section, options.Class, options.CacheFlush, options.Ttl));
    }

    [Fact]
    public void Questions_nobody_read_are_passed_over()
    {
        var packet = CorpusFiles.Read("avahi-query-three-types");
        Assert.Equal(WireError.None, MessageReader.Open(packet, out var reader));
        Assert.True(reader.TryReadRecord(out var record));
        Assert.Equal(Section.Answer, record.Section);
        Assert.False(reader.TryReadQuestion(out _));
    }

    [Fact]
    public void A_question_that_cannot_be_read_ends_the_reading()
    {
        Assert.Equal(WireError.None, MessageReader.Open(Hex.Parse("0000 0000 0002 0001 0000 0000 c00c 0001 0001"), out var reader));
        Assert.False(reader.TryReadRecord(out _));
        Assert.False(reader.TryReadQuestion(out _));
        Assert.Equal(WireError.BadPointer, reader.Error);
    }
}
