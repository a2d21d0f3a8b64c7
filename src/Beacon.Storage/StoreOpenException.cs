namespace Beacon.Storage;

/// <summary>A store could not be opened. The message is one sentence for the operator, with the path.</summary>
public sealed class StoreOpenException : Exception
{
    public StoreOpenException()
    {
    }

    public StoreOpenException(string message)
        : base(message)
    {
    }

    public StoreOpenException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public StoreOpenException(StoreOpenProblem problem, string message, Exception? innerException = null)
        : base(message, innerException) => Problem = problem;

    public StoreOpenProblem Problem { get; }
}
