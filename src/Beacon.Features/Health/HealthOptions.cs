using System.Net;

namespace Beacon.Features.Health;

/// <summary>What an operator may say about health checks.</summary>
public sealed record HealthOptions
{
    public const int DefaultConcurrency = 32;

    /// <summary>With one alone there is no second lane: a target that hangs holds up all others.</summary>
    public const int LeastConcurrency = 1;

    /// <summary>Each takes a socket and some kilobytes; the usual limit of open files is 1,024, kept connections and clients come on top.</summary>
    public const int MostConcurrency = 1000;

    /// <summary>
    /// Checks at once. More find out about many hanging targets sooner; each of them is one more connection from Beacon at that moment.
    /// </summary>
    public int Concurrency { get; init; } = DefaultConcurrency;

    /// <summary>Where checks may go although the rules forbid it; see <see cref="Targets.AddressPolicy"/>.</summary>
    public IReadOnlyList<IPNetwork> Allow { get; init; } = [];
}
