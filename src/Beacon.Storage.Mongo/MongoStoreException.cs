namespace Beacon.Storage.Mongo;

/// <summary>MongoDB said no. The message is for operators and holds no password.</summary>
public sealed class MongoStoreException : Exception
{
    public MongoStoreException()
        : this("MongoDB failed.")
    {
    }

    public MongoStoreException(string message)
        : base(message)
    {
    }

    public MongoStoreException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
