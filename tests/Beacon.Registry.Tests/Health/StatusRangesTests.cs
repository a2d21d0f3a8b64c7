using Beacon.Registry.Health;

namespace Beacon.Registry.Tests.Health;

public sealed class StatusRangesTests
{
    [Theory]
    [InlineData("200-299", 204, true)]
    [InlineData("200-299", 301, false)]
    [InlineData("200-399", 399, true)]
    [InlineData("200, 204,301-302", 302, true)]
    [InlineData("200, 204,301-302", 203, false)]
    [InlineData("401", 401, true)]
    public void A_status_is_in_one_of_the_ranges_or_not(string ranges, int status, bool expected)
    {
        Assert.True(StatusRanges.IsValid(ranges));
        Assert.Equal(expected, StatusRanges.Contains(ranges, status));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ok")]
    [InlineData("99")]
    [InlineData("600")]
    [InlineData("299-200")]
    [InlineData("200-")]
    [InlineData("-200")]
    [InlineData("200,,204")]
    [InlineData("200-299-300")]
    [InlineData("2xx")]
    [InlineData("+200")]
    public void What_is_no_range_is_refused(string ranges) => Assert.False(StatusRanges.IsValid(ranges));
}
