using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Beacon.Registry;

/// <summary>
/// Entries by <see cref="ServiceKey"/>. Holds nothing but the entries: the key is read from the content of each. Used under the registry's gate
/// only.
/// </summary>
/// <remarks>Take an entry out before its name, host or port changes, and put it in afterwards.</remarks>
internal sealed class KeyIndex
{
    private readonly HashSet<ServiceEntry> _entries = new(new ByKey());
    private readonly HashSet<ServiceEntry>.AlternateLookup<ServiceKey> _lookup;

    public KeyIndex() => _lookup = _entries.GetAlternateLookup<ServiceKey>();

    public bool TryGetValue(in ServiceKey key, [NotNullWhen(true)] out ServiceEntry? entry) => _lookup.TryGetValue(key, out entry);

    public void Add(ServiceEntry entry)
    {
        var added = _entries.Add(entry);
        Debug.Assert(added, "keys are unique");
    }

    public void Remove(ServiceEntry entry) => _entries.Remove(entry);

    private sealed class ByKey : IEqualityComparer<ServiceEntry>, IAlternateEqualityComparer<ServiceKey, ServiceEntry>
    {
        public bool Equals(ServiceEntry? left, ServiceEntry? right) =>
            ReferenceEquals(left, right)
            || (left is not null && right is not null && ServiceKey.Of(left.Instance) == ServiceKey.Of(right.Instance));

        public int GetHashCode(ServiceEntry entry) => ServiceKey.Of(entry.Instance).GetHashCode();

        public bool Equals(ServiceKey key, ServiceEntry entry) => key == ServiceKey.Of(entry.Instance);

        public int GetHashCode(ServiceKey key) => key.GetHashCode();

        public ServiceEntry Create(ServiceKey key) => throw new NotSupportedException("An entry is more than its key.");
    }
}
