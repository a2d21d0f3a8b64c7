using System.Text;
using Beacon.Aot.Api.Services;
using Beacon.Registry;
using Beacon.Registry.Events;
using Beacon.Registry.Services;
using Beacon.Testing;

namespace Beacon.Aot.Tests.Api;

public sealed class HeartbeatAnswerTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public void Renewing_and_answering_allocate_nothing()
    {
        var registry = new ServiceRegistry(_clock, new RegistryLimits(), new EventHub());
        var id = registry.Register(new Registration { Name = "nas", Host = "192.168.1.20", Port = 80 }).Service.Id;
        var target = new byte[HeartbeatAnswer.MaxLength];

        Assert.Equal(0, AllocationAssert.BytesIn1000Runs(() =>
        {
            registry.Renew(id, null, out var view);
            HeartbeatAnswer.Format(view, target);
        }));
    }

    [Theory]
    [InlineData(0, "2026-11-23T08:25:01Z")]
    [InlineData(10, "2026-11-23T08:25:01.000001Z")]
    public void Times_are_written_with_and_without_a_fraction(long ticks, string expected)
    {
        var at = new DateTimeOffset(2026, 11, 23, 8, 25, 1, TimeSpan.Zero).AddTicks(ticks);
        Span<byte> text = stackalloc byte[UtcText.MaxLength];

        Assert.Equal(expected, Encoding.ASCII.GetString(text[..UtcText.Format(at, text)]));
    }
}
