namespace Beacon.Features.Health.Probing;

/// <summary>Ways to check.</summary>
internal enum CheckScheme
{
    Http,
    Https,

    /// <summary>A connection that comes about is all that is asked for.</summary>
    Tcp,
}
