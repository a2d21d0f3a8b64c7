using Beacon.Mdns.Wire;
using Beacon.Registry.Services;

namespace Beacon.Mdns.Status;

/// <summary>One name that is claimed, or was to be.</summary>
public sealed class NameEntry
{
    private readonly byte[] _name;
    private string? _text;

    /// <param name="name">Uncompressed wire form.</param>
    public NameEntry(byte[] name, NameKind kind, ServiceId? service, string? wanted, IReadOnlyList<NameState> states)
    {
        _name = name;
        (Kind, Service, Wanted, States) = (kind, service, wanted, states);
    }

    /// <summary>Escaped as DNS writes it. Made when it is asked for, on the asker's thread.</summary>
    public string Text => _text ??= WireName.ToText(_name);

    public NameKind Kind { get; }

    /// <summary>The registered service it stands for; null for hosts and for Beacon's own services.</summary>
    public ServiceId? Service { get; }

    /// <summary>The first label it was to have before other hosts had it; null when it has it.</summary>
    public string? Wanted { get; }

    /// <summary>In the order of <see cref="MdnsPicture.Links"/>.</summary>
    public IReadOnlyList<NameState> States { get; }
}
