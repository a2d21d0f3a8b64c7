namespace Beacon.Testing.Chaos;

/// <summary>Up to two services with three names among them, so that names change hands. One request at a time.</summary>
/// <param name="Ttl">Seconds.</param>
/// <param name="IsForgetful">Lets its leases run out now and then.</param>
internal sealed record ChaosHousehold(int Number, int Ttl, bool IsForgetful)
{
    public const int MostServices = 2;

    public IReadOnlyList<string> Names { get; } = [$"chaos-{Number}-a", $"chaos-{Number}-b", $"chaos-{Number}-c"];

    /// <summary>As far as its clients know.</summary>
    public Dictionary<string, string> NameOf { get; } = [];

    public bool IsBusy { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset NotBefore { get; set; }

    public IReadOnlyList<string> FreeNames => [.. Names.Except(NameOf.Values)];
}
