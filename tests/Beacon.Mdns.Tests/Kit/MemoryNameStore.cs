using Beacon.Mdns.Publishing;

namespace Beacon.Mdns.Tests.Kit;

internal sealed class MemoryNameStore : IMdnsNameStore
{
    public Dictionary<string, string> Names { get; } = [];

    public string? Read(string key) => Names.GetValueOrDefault(key);

    public void Write(string key, string value) => Names[key] = value;

    public void Forget(string key) => Names.Remove(key);
}
