using Beacon.Aot.Api.Services;

namespace Beacon.Aot.Tests.Api.Services;

public sealed class UtcTextTests
{
    [Theory]
    [InlineData("2026-11-23T08:30:01.6705580Z", "2026-11-23T08:30:01.670558Z")]
    [InlineData("2026-11-23T08:30:01.0000070Z", "2026-11-23T08:30:01.000007Z")]
    [InlineData("2026-11-23T08:30:01.0000009Z", "2026-11-23T08:30:01Z")]
    [InlineData("2026-11-23T08:30:01Z", "2026-11-23T08:30:01Z")]
    [InlineData("2026-11-23T09:30:01.5+01:00", "2026-11-23T08:30:01.500000Z")]
    public void An_instant_is_written_in_utc_with_microseconds_unless_they_are_zero(string instant, string expected) =>
        Assert.Equal(expected, UtcText.ToText(DateTimeOffset.Parse(instant)));
}
