using Beacon.Features.Health;

namespace Beacon.Features.Tests.Health;

public sealed class HealthJsonPathTests
{
    [Theory]
    [InlineData("status")]
    [InlineData("a.b[0].c")]
    [InlineData("$.a.b[0].c")]
    [InlineData("[0]")]
    [InlineData("$[0][1]")]
    [InlineData("with space.and-dash")]
    [InlineData("$")]
    public void Paths_that_name_a_value_are_valid(string path) => Assert.True(HealthJsonPath.IsValid(path));

    [Theory]
    [InlineData("")]
    [InlineData("$.")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData("a..b")]
    [InlineData("a[")]
    [InlineData("a[]")]
    [InlineData("a[-1]")]
    [InlineData("a[x]")]
    [InlineData("a[0")]
    [InlineData("a]")]
    [InlineData("a[0]b")]
    [InlineData("a[1234567]")]
    [InlineData("a\nb")]
    public void Others_are_not(string path) => Assert.False(HealthJsonPath.IsValid(path));

    [Fact]
    public void A_path_has_a_longest_length()
    {
        Assert.True(HealthJsonPath.IsValid(new string('a', 256)));
        Assert.False(HealthJsonPath.IsValid(new string('a', 257)));
    }
}
