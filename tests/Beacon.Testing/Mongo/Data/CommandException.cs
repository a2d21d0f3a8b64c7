using MongoDB.Bson;

namespace Beacon.Testing.Mongo.Data;

/// <summary>A command, or one statement of it, that fails with a code of MongoDB's <c>error_codes.yml</c>.</summary>
public sealed class CommandException : Exception
{
    public CommandException(int code, string name, string message)
        : base(message) => (Code, Name) = (code, name);

    public CommandException()
        : this(8, "UnknownError", "unknown")
    {
    }

    public CommandException(string message)
        : this(8, "UnknownError", message)
    {
    }

    public CommandException(string message, Exception innerException)
        : base(message, innerException) => (Code, Name) = (8, "UnknownError");

    public int Code { get; }

    public string Name { get; }

    /// <summary>Further members of the error, such as keyPattern and keyValue of a duplicate.</summary>
    public BsonDocument Details { get; init; } = [];

    public static CommandException Duplicate(string ns, string index, BsonDocument keyPattern, BsonDocument keyValue) => new(
        11000, "DuplicateKey", $"E11000 duplicate key error collection: {ns} index: {index} dup key: {keyValue}")
    {
        Details = new BsonDocument { { "keyPattern", keyPattern }, { "keyValue", keyValue } },
    };
}
