namespace Beacon.Storage;

/// <summary>
/// The store did not take a change in time. The change stays in memory and is written as soon as the store is back, so a client that
/// tries again finds its own registration. The message is a sentence for the client.
/// </summary>
public sealed class StoreUnavailableException : Exception
{
    public StoreUnavailableException()
        : this("The store is not available.")
    {
    }

    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    public StoreUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
