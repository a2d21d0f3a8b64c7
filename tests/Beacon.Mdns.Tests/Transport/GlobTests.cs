using Beacon.Mdns.Transport;

namespace Beacon.Mdns.Tests.Transport;

public class GlobTests
{
    [Theory]
    [InlineData("eth0", "eth0", true)]
    [InlineData("eth0", "eth01", false)]
    [InlineData("eth0", "Eth0", false)]
    [InlineData("eth*", "eth", true)]
    [InlineData("eth*", "eth12.5", true)]
    [InlineData("*", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("en?s*0", "enps31s0", true)]
    [InlineData("en?s*0", "ens0", false)]
    [InlineData("*a*b*c", "xxaxxbxxbxxc", true)]
    [InlineData("*a*b*c", "xxaxxcxxb", false)]
    public void A_name_fits_a_pattern_or_not(string pattern, string name, bool fits) => Assert.Equal(fits, Glob.Matches(pattern, name));
}
