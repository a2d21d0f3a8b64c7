namespace Beacon.Aot.Live;

/// <summary>One run of the program, as its live clients tell it from another one.</summary>
/// <param name="Instance">Named in every greeting: a client that sees another one knows that Beacon was restarted.</param>
/// <param name="Origin">
/// Added to the registry's sequences, which begin at 1 with each start. So a number that a client kept from another run lies outside of
/// this one's and is answered with <c>resync</c>, instead of being taken for a place in this run.
/// </param>
internal sealed record LiveRun(string Instance, long Origin)
{
    /// <summary>Origins end in six zeros, so that a person can still read how many events there were.</summary>
    private const long OriginStep = 1_000_000;

    /// <summary>The largest origin stays far below 2^53, above which JavaScript cannot count.</summary>
    private const long Origins = 1L << 32;

    /// <summary>By chance and not by the clock: a board without a battery starts every time in the same minute of 1970.</summary>
    public static LiveRun New() =>
        new(Guid.NewGuid().ToString("N"), Random.Shared.NextInt64(1, Origins) * OriginStep);
}
