namespace Beacon.Mdns.Publishing;

/// <summary>
/// Keeps the names Beacon holds after a conflict, so that a restart asks for <c>beacon-2</c> at once instead of fighting again
/// (RFC 6762 §9). Called from the engine's loop: an implementation must return quickly and must not throw.
/// </summary>
public interface IMdnsNameStore
{
    /// <summary>Null when nothing was written under <paramref name="key"/>.</summary>
    string? Read(string key);

    void Write(string key, string value);

    /// <summary>The name is wanted no more. Nothing happens when nothing was written under <paramref name="key"/>.</summary>
    void Forget(string key);
}
