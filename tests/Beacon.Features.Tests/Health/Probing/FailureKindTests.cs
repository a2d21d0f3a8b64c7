using System.Net.Sockets;
using Beacon.Features.Health.Probing;
using Beacon.Features.Health.Targets;

namespace Beacon.Features.Tests.Health.Probing;

public sealed class FailureKindTests
{
    [Theory]
    [InlineData("no answer within 5 s", FailureKind.NoAnswer)]
    [InlineData("no complete answer within 5 s", FailureKind.NoAnswer)]
    [InlineData("the name nas.lan does not resolve", FailureKind.NameNotFound)]
    [InlineData("the certificate is for another name (health_check_insecure accepts it)", FailureKind.Certificate)]
    [InlineData("shows no certificate", FailureKind.Certificate)]
    [InlineData("answered 500, expected 200-299", FailureKind.UnexpectedAnswer)]
    [InlineData("redirects more than 5 times", FailureKind.UnexpectedAnswer)]
    [InlineData("\"ok\" is not in the answer", FailureKind.UnexpectedAnswer)]
    [InlineData("\"ok\" is not in the first 64 KiB of the answer", FailureKind.UnexpectedAnswer)]
    [InlineData("$.status is \"down\", expected \"up\"", FailureKind.UnexpectedAnswer)]
    [InlineData("$.status is not a single value", FailureKind.UnexpectedAnswer)]
    [InlineData("the answer has no $.status", FailureKind.UnexpectedAnswer)]
    [InlineData("the URL is no URL", FailureKind.NotAllowed)]
    [InlineData("the check could not be carried out", FailureKind.Failed)]
    [InlineData("the check failed", FailureKind.Failed)]
    [InlineData("", FailureKind.Failed)]
    public void Sentences_of_checks_have_a_kind(string sentence, FailureKind kind) => Assert.Equal(kind, FailureKinds.Of(sentence));

    [Fact]
    public void A_check_that_may_not_go_somewhere_is_not_allowed() =>
        Assert.Equal(FailureKind.NotAllowed, FailureKinds.Of("the check " + AddressPolicy.Refusal(System.Net.IPAddress.Broadcast, AddressPolicy.NotLocal)));

    [Theory]
    [InlineData(SocketError.ConnectionRefused, FailureKind.Refused)]
    [InlineData(SocketError.HostNotFound, FailureKind.NameNotFound)]
    [InlineData(SocketError.TryAgain, FailureKind.NameNotFound)]
    [InlineData(SocketError.HostUnreachable, FailureKind.NoAnswer)]
    [InlineData(SocketError.TimedOut, FailureKind.NoAnswer)]
    [InlineData(SocketError.ConnectionReset, FailureKind.NoAnswer)]
    [InlineData(SocketError.AccessDenied, FailureKind.NoAnswer)]
    public void What_the_socket_says_has_a_kind(SocketError error, FailureKind kind)
    {
        Assert.Equal(kind, FailureKinds.Of(ProbeErrors.Describe(new SocketException((int)error), null!)));
    }
}
