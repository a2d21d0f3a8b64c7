using Beacon.Aot.Security;

namespace Beacon.Aot.Tests.Security;

public sealed class LocalNameTests
{
    [Theory]
    [InlineData("192.168.1.5", true)]
    [InlineData("[fd00::1]", true)]
    [InlineData("localhost", true)]
    [InlineData("umbrel", true)]
    [InlineData("beacon.local", true)]
    [InlineData("Beacon.LOCAL.", true)]
    [InlineData("beacon.home.arpa", true)]
    [InlineData("", false)]
    [InlineData("evil.example.com", false)]
    [InlineData("beacon.local.example.com", false)]
    [InlineData("notlocal.com", false)]
    public void Only_names_no_stranger_can_register_are_local(string host, bool expected) => Assert.Equal(expected, LocalName.IsLocal(host));
}
