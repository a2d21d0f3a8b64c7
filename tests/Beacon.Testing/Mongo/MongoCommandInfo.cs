namespace Beacon.Testing.Mongo;

/// <summary>One command that arrived.</summary>
/// <param name="Target">Collection it names; empty for others.</param>
/// <param name="Statements">Documents of an insert, updates or deletes; else 1.</param>
public sealed record MongoCommandInfo(string Name, string Database, string Target, int Statements)
{
    public bool IsWrite => Name is "insert" or "update" or "delete" or "findAndModify" or "createIndexes" or "dropIndexes" or "drop";
}
