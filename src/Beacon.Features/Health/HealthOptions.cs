using System.Net;

namespace Beacon.Features.Health;

/// <summary>What an operator may say about health checks.</summary>
public sealed record HealthOptions
{
    public const int DefaultConcurrency = 32;

    /// <summary>One for targets that answer, one for those that hang: with less the second kind would hold up the first.</summary>
    public const int LeastConcurrency = 2;

    /// <summary>Each takes a socket and some kilobytes; a small board's limit of open files is 1,024.</summary>
    public const int MostConcurrency = 512;

    /// <summary>
    /// Checks at once. More find out about many hanging targets sooner; each of them is one more connection from Beacon at that moment.
    /// </summary>
    public int Concurrency { get; init; } = DefaultConcurrency;

    /// <summary>Where checks may go although the rules forbid it; see <see cref="Targets.AddressPolicy"/>.</summary>
    public IReadOnlyList<IPNetwork> Allow { get; init; } = [];
}
