using System.Collections.Concurrent;
using System.Net;

namespace Beacon.Features.Health.Probing;

/// <summary>When the certificates of kept connections end: a check that finds its connection open sees no certificate.</summary>
internal sealed class CertificateBook
{
    /// <summary>More endpoints than that are forgotten at once and known again with their next connection.</summary>
    private const int Most = 4096;

    private readonly ConcurrentDictionary<(IPEndPoint EndPoint, string Name), DateTimeOffset> _ends = new();

    public void Note(IPEndPoint endPoint, string name, DateTimeOffset expiresAt)
    {
        if (_ends.Count >= Most)
        {
            _ends.Clear();
        }

        _ends[(endPoint, name)] = expiresAt;
    }

    public DateTimeOffset? Find(IPEndPoint endPoint, string name) =>
        _ends.TryGetValue((endPoint, name), out var expiresAt) ? expiresAt : null;
}
