using System.Net;
using Beacon.Features.Health.Names;

namespace Beacon.Features.Tests.Health.Kit;

internal sealed class FakeResolver : IHostResolver
{
    private readonly Dictionary<string, string[]> _names = [];

    public List<string> Asked { get; } = [];

    public Func<string, CancellationToken, Task<IReadOnlyList<IPAddress>>>? Answer { get; set; }

    public FakeResolver With(string name, params string[] addresses)
    {
        _names[name] = addresses;
        return this;
    }

    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        lock (Asked)
        {
            Asked.Add(name);
        }

        return Answer?.Invoke(name, cancellationToken)
            ?? Task.FromResult<IReadOnlyList<IPAddress>>([.. _names.GetValueOrDefault(name, []).Select(IPAddress.Parse)]);
    }
}
