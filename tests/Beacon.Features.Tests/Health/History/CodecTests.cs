using Beacon.Features.Health.History;
using Beacon.Registry.Health;
using Beacon.Testing;

namespace Beacon.Features.Tests.Health.History;

public sealed class CodecTests
{
    private const long Origin = 1_795_000_000_000;
    private readonly Random _random = new(Seeds.Next(TestContext.Current.TestOutputHelper!.WriteLine));

    [Fact]
    public void Results_come_back_as_they_were_written()
    {
        for (var run = 0; run < 100; run++)
        {
            var samples = Enumerable.Range(0, _random.Next(200)).Select(_ => Any()).ToList();
            var writer = new SampleWriter(Origin, 50);
            samples.ForEach(x => writer.Add(x));
            var read = new List<Sample>();

            Assert.True(SampleReader.ReadAll(writer.Bytes.Written.Span, Origin, read));
            Assert.Equal(samples, read);
        }
    }

    [Fact]
    public void A_result_that_passes_takes_six_bytes_at_most()
    {
        var writer = new SampleWriter(Origin);
        for (var i = 1; i <= 60; i++)
        {
            writer.Add(new Sample(Origin + (i * 60_000) + _random.Next(1000), CheckOutcome.Healthy, _random.Next(10, 2000), 200, null, false));
        }

        Assert.InRange(writer.Bytes.Length, 0, 60 * 6 + 3);
    }

    [Fact]
    public void Errors_beyond_the_limit_are_not_told_apart_and_take_no_room()
    {
        var writer = new SampleWriter(Origin);
        for (var i = 0; i < 1000; i++)
        {
            writer.Add(new Sample(Origin + i, CheckOutcome.Error, null, null, $"error {i} " + new string('x', 180), false));
        }

        var read = new List<Sample>();
        Assert.True(SampleReader.ReadAll(writer.Bytes.Written.Span, Origin, read));
        Assert.Equal(HistoryLimits.MaxErrors, read.Select(x => x.Error).Distinct().Count());
        Assert.StartsWith("error 14 ", read[14].Error, StringComparison.Ordinal);
        Assert.Equal(read[15].Error, read[999].Error);
        Assert.InRange(writer.Bytes.Length, 0, 10_000);
    }

    [Fact]
    public void Roll_ups_come_back_as_they_were_written()
    {
        for (var run = 0; run < 100; run++)
        {
            var start = 1_795_000_200L;
            var rollUps = Enumerable.Range(0, 60)
                .Where(_ => _random.Next(4) > 0)
                .Select(x => RollUp.Of(start + (x * 60), Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Any())))
                .ToList();
            var read = new List<RollUp>();

            Assert.True(RollUpCodec.Decode(RollUpCodec.Encode(rollUps, start, 60), start, 60, read));
            Assert.Equal(rollUps, read);
        }
    }

    [Fact]
    public void Damaged_bytes_are_read_as_far_as_they_go_and_never_throw()
    {
        for (var run = 0; run < 20_000; run++)
        {
            var writer = new SampleWriter(Origin);
            for (var i = 0; i < 5; i++)
            {
                writer.Add(Any());
            }

            var bytes = run % 2 == 0 ? writer.Bytes.ToArray() : RollUpCodec.Encode([RollUp.Of(Origin / 1000, [Any(), Any()])], Origin / 1000, 60);
            for (var i = _random.Next(1, 4); i > 0; i--)
            {
                bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
            }

            bytes = bytes[..(bytes.Length - _random.Next(3))];
            List<Sample> samples = [];
            List<RollUp> rollUps = [];
            SampleReader.ReadAll(bytes, Origin, samples);
            RollUpCodec.Decode(bytes, Origin, 60, rollUps);
            Assert.InRange(samples.Count + rollUps.Count, 0, 2 * bytes.Length);
        }
    }

    private Sample Any()
    {
        var outcome = (CheckOutcome)_random.Next(4);
        return new Sample(
            Origin + _random.Next(-1000, 3_600_000),
            outcome,
            _random.Next(4) == 0 ? null : _random.Next(1_000_000),
            _random.Next(4) == 0 ? null : _random.Next(100, 600),
            outcome == CheckOutcome.Healthy ? null : $"status {_random.Next(20)} é",
            _random.Next(5) == 0);
    }
}
