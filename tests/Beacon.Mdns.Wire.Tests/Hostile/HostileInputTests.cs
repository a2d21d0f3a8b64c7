using Beacon.Mdns.Wire.Rdata;
using Beacon.Mdns.Wire.Tests.Support;

namespace Beacon.Mdns.Wire.Tests.Hostile;

/// <summary>Inputs that once stopped or took over other implementations.</summary>
public class HostileInputTests
{
    private const string ResponseOf1 = "0000 8400 0000 0001 0000 0000";
    private const string Host = "03'nas' 05'local'00";
    private const string GoodAddress = "03'nas' 05'local'00 0001 8001 00000078 0004 0a4d0101";

    private readonly Digest _digest = new();

    [Fact]
    public void Less_than_a_header_is_refused()
    {
        for (var length = 0; length < DnsLimits.HeaderLength; length++)
        {
            Assert.Equal(WireError.Truncated, MessageReader.Open(new byte[length], out var reader));
            Assert.False(reader.TryReadQuestion(out _));
            Assert.False(reader.TryReadRecord(out _));
        }
    }

    [Fact]
    public void A_bare_header_that_promises_everything_gives_nothing()
    {
        Read("0000 0000 ffff ffff ffff ffff");
        Assert.Equal((0, 0, WireError.Truncated), (_digest.Questions, _digest.Records, _digest.Error));
    }

    [Fact]
    public void Records_are_given_until_a_count_runs_past_the_end()
    {
        Read($"0000 8400 0000 ffff 0000 0000 {GoodAddress}");
        Assert.Equal((1, WireError.Truncated), (_digest.Records, _digest.Error));
    }

    [Theory]
    [InlineData("c00c", WireError.BadPointer)] // to itself
    [InlineData("c00e c00c", WireError.BadPointer)] // two in a circle
    [InlineData("01'a' c00c", WireError.BadPointer)] // a loop through a label
    [InlineData("c010 0000 00", WireError.BadPointer)] // forward
    [InlineData("c000", WireError.BadPointer)] // into the header
    [InlineData("c00b", WireError.BadPointer)] // the header's last byte
    [InlineData("ffff", WireError.BadPointer)] // far past the end
    [InlineData("c0", WireError.Truncated)] // half a pointer
    [InlineData("40 00", WireError.BadLabel)]
    [InlineData("80 00", WireError.BadLabel)]
    [InlineData("03'na'", WireError.Truncated)] // label past the end
    [InlineData("03'nas'", WireError.Truncated)] // no root
    public void A_bad_owner_name_ends_the_reading(string name, WireError error)
    {
        Read($"{ResponseOf1} {name}");
        Assert.Equal((0, error), (_digest.Records, _digest.Error));
    }

    [Fact]
    public void A_circle_of_two_pointers_is_refused_from_either_side()
    {
        Read($"0000 8400 0000 0002 0000 0000 {Host} 0063 0001 00000000 0004 c027 c025 c025 0001 0001 00000000 0000");
        Assert.Equal((1, WireError.BadPointer), (_digest.Records, _digest.Error));
    }

    [Theory]
    [InlineData(DnsLimits.Pointers, true)]
    [InlineData(DnsLimits.Pointers + 1, false)]
    [InlineData(4_000, false)]
    public void A_chain_of_pointers_is_followed_only_so_far(int pointers, bool isFollowed)
    {
        // The data of an unknown type holds a root, and pointers each to the one before. The second owner is the last pointer.
        var chain = new List<byte> { 0 };
        var start = DnsLimits.HeaderLength + 1 + DnsLimits.RecordTail;
        var target = start;
        for (var count = 1; count < pointers; count++)
        {
            chain.AddRange([(byte)(0xC0 | (target >> 8)), (byte)target]);
            target = start + chain.Count - 2;
        }

        Read($"0000 8400 0000 0002 0000 0000 00 ff01 0001 00000000 {chain.Count:x4} {Hex.Show([.. chain])}"
            + $"{0xC000 | target:x4} 0001 0001 00000000 0004 0a4d0101");
        Assert.Equal(isFollowed ? 2 : 1, _digest.Records);
        Assert.Equal(isFollowed ? WireError.None : WireError.BadPointer, _digest.Error);
    }

    [Fact]
    public void Five_hundred_records_that_each_name_the_longest_name_are_read_in_bounded_memory()
    {
        var name = string.Concat(Enumerable.Repeat("01'a'", 127)) + "00";
        var record = "c00c 0001 0001 00000000 0004 0a4d0101";
        Read($"0000 8400 0000 01f4 0000 0000 {name} 0001 0001 00000000 0004 0a4d0101" + string.Concat(Enumerable.Repeat(record, 499)));
        Assert.Equal((500, WireError.None), (_digest.Records, _digest.Error));
    }

    [Theory]
    [InlineData(254, true)]
    [InlineData(255, true)]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void A_name_may_have_255_bytes_and_the_root(int length, bool isGood)
    {
        // Three labels of 63, one that makes up the rest, the root.
        var last = length - 1 - (3 * 64) - 1;
        var name = string.Concat(Enumerable.Repeat($"3f'{new string('x', 63)}'", 3)) + (last > 63 ? $"01'a'{last - 2:x2}" : $"{last:x2}");
        name += $"'{new string('y', last > 63 ? last - 2 : last)}'00";
        Read($"{ResponseOf1} {name} 0001 0001 00000078 0004 0a4d0101");
        Assert.Equal(isGood ? WireError.None : WireError.NameTooLong, _digest.Error);
        Assert.Equal(isGood ? 1 : 0, _digest.Records);
    }

    [Fact]
    public void A_name_that_only_grows_too_long_through_a_pointer_is_refused()
    {
        var label = $"3f'{new string('x', 63)}'";
        var first = string.Concat(Enumerable.Repeat(label, 3)) + "00";
        Read($"0000 8400 0000 0002 0000 0000 {first} 0001 0001 00000078 0004 0a4d0101 {label} c00c 0001 0001 00000078 0004 0a4d0101");
        Assert.Equal((1, WireError.NameTooLong), (_digest.Records, _digest.Error));
    }

    [Theory]
    [InlineData("0001", "0000")] // A without data
    [InlineData("0001", "0003 0a4d01")]
    [InlineData("0001", "0005 0a4d010101")]
    [InlineData("001c", "0004 0a4d0101")] // AAAA of four bytes
    [InlineData("0021", "0000")]
    [InlineData("0021", "0006 0000 0000 0050")] // SRV without target
    [InlineData("0021", "0008 0000 0000 0050 c0ff")] // SRV target forward
    [InlineData("0021", "000a 0000 0000 0050 c00c ffff")] // bytes after the target
    [InlineData("000c", "0000")]
    [InlineData("000c", "0001 03")] // the label goes on in the next record
    [InlineData("000c", "0003 c00c 00")]
    [InlineData("000c", "0002 c000")]
    [InlineData("0010", "0002 0261")] // TXT string past the end
    [InlineData("0010", "0001 ff")]
    [InlineData("002f", "0002 c00c")] // NSEC without bitmap
    [InlineData("002f", "0004 c00c 0000")] // bitmap of no bytes
    [InlineData("002f", "0004 c00c 0004")] // bitmap past the end
    [InlineData("002f", "0003 c00c 00")] // half a window
    [InlineData("002f", "0025 c00c 0021 000000000000000000000000000000000000000000000000000000000000000000")] // 33 bytes
    [InlineData("002f", "0008 c00c 0101 40 0001 40")] // windows in falling order
    [InlineData("002f", "0005 c174 0001 40")] // the broken pointer of real devices
    [InlineData("0006", "0004 c00c c00c")] // SOA without its numbers
    [InlineData("000f", "0002 000a")] // MX without name
    [InlineData("0011", "0002 c00c")] // RP with one name
    public void A_record_with_broken_data_is_passed_over_and_the_others_are_used(string type, string data)
    {
        Read($"0000 8400 0000 0003 0000 0000 {GoodAddress} {Host} {type} 8001 00000078 {data} {GoodAddress}");
        Assert.Equal((2, 1, WireError.None), (_digest.Records, _digest.Skipped, _digest.Error));
    }

    [Fact]
    public void A_length_past_the_end_ends_the_reading_and_earlier_records_stay()
    {
        Read($"0000 8400 0000 0002 0000 0000 {GoodAddress} {Host} 0001 8001 00000078 0400 0a4d0101");
        Assert.Equal((1, WireError.Truncated), (_digest.Records, _digest.Error));
    }

    [Theory]
    [InlineData("ff 01 80")] // a window far away
    [InlineData("00 06 000000000040")] // OPT, a pseudo type
    public void A_denial_with_only_far_or_pseudo_types_denies_everything_we_know(string bitmap)
    {
        var rdata = Hex.Parse($"{Host} {bitmap}");
        Assert.Equal(WireError.None, NsecRecord.TryRead(rdata, out var record));
        foreach (var type in new[] { RecordType.A, RecordType.Aaaa, RecordType.Ptr, RecordType.Srv, RecordType.Txt })
        {
            Assert.False(record.Has(type));
        }
    }

    [Theory]
    [InlineData("ffffffff", 0u)]
    [InlineData("80000000", 0u)]
    [InlineData("7fffffff", 0x7FFFFFFFu)]
    [InlineData("00000001", 1u)]
    [InlineData("00000000", 0u)]
    public void A_lifetime_with_the_top_bit_is_zero(string field, uint seconds)
    {
        Assert.Equal(WireError.None, MessageReader.Open(Hex.Parse($"{ResponseOf1} {Host} 0001 8001 {field} 0004 0a4d0101"), out var reader));
        Assert.True(reader.TryReadRecord(out var record));
        Assert.Equal(seconds, record.Ttl);
    }

    [Theory]
    [InlineData("0000")]
    [InlineData("00fb")]
    [InlineData("00fc")]
    [InlineData("0029")]
    [InlineData("00fa")]
    [InlineData("ffff")]
    public void Questions_of_any_type_and_class_are_read(string type)
    {
        Read($"0000 0000 0001 0000 0000 0000 {Host} {type} ffff");
        Assert.Equal((1, WireError.None), (_digest.Questions, _digest.Error));
    }

    private void Read(string bytes) => _digest.Read(Hex.Parse(bytes));
}
