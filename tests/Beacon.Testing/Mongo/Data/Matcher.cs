using MongoDB.Bson;

namespace Beacon.Testing.Mongo.Data;

/// <summary>
/// Query filters, as far as they are used here (manual "Query and Projection Operators"). What is not known is an error, never a match:
/// a test server that guesses proves nothing.
/// </summary>
internal static class Matcher
{
    public static bool Matches(BsonDocument document, BsonDocument filter) => filter.All(element => Matches(document, element));

    private static bool Matches(BsonDocument document, BsonElement element) => element.Name switch
    {
        "$and" => element.Value.AsBsonArray.All(part => Matches(document, part.AsBsonDocument)),
        "$or" => element.Value.AsBsonArray.Any(part => Matches(document, part.AsBsonDocument)),
        "$nor" => !element.Value.AsBsonArray.Any(part => Matches(document, part.AsBsonDocument)),
        ['$', ..] => throw new CommandException(2, "BadValue", $"unknown top level operator: {element.Name}"),
        _ => MatchesField(Values(document, element.Name), element.Value),
    };

    /// <summary>A path through documents; arrays on the way are not descended into, because nothing here needs it.</summary>
    private static BsonValue? Values(BsonDocument document, string path)
    {
        BsonValue? value = document;
        foreach (var name in path.Split('.'))
        {
            value = value is BsonDocument inner && inner.TryGetValue(name, out var next) ? next : null;
        }

        return value;
    }

    private static bool MatchesField(BsonValue? value, BsonValue condition) =>
        condition is BsonDocument { ElementCount: > 0 } operators && operators.GetElement(0).Name.StartsWith('$')
            ? operators.All(x => MatchesOperator(value, x.Name, x.Value))
            : Equal(value, condition);

    private static bool MatchesOperator(BsonValue? value, string name, BsonValue operand) => name switch
    {
        "$eq" => Equal(value, operand),
        "$ne" => !Equal(value, operand),
        "$in" => operand.AsBsonArray.Any(x => Equal(value, x)),
        "$nin" => !operand.AsBsonArray.Any(x => Equal(value, x)),
        "$exists" => operand.ToBoolean() == value is not null,
        "$type" => value is not null && TypeName(value.BsonType) == operand.AsString,
        "$not" => !MatchesField(value, operand),
        "$gt" => Compare(value, operand) is > 0,
        "$gte" => Compare(value, operand) is >= 0,
        "$lt" => Compare(value, operand) is < 0,
        "$lte" => Compare(value, operand) is <= 0,
        _ => throw new CommandException(2, "BadValue", $"unknown operator: {name}"),
    };

    /// <summary>Null finds a missing field too; a value finds an array that holds it.</summary>
    private static bool Equal(BsonValue? value, BsonValue operand) => value switch
    {
        null => operand.IsBsonNull,
        BsonArray array when operand is not BsonArray => array.Any(x => x.Equals(operand)),
        _ => value.IsNumeric && operand.IsNumeric ? value.CompareTo(operand) == 0 : value.Equals(operand),
    };

    /// <summary>Only values of one kind compare ("type bracketing").</summary>
    private static int? Compare(BsonValue? value, BsonValue operand) =>
        value is not null && (value.BsonType == operand.BsonType || (value.IsNumeric && operand.IsNumeric)) ? value.CompareTo(operand) : null;

    private static string TypeName(BsonType type) => type switch
    {
        BsonType.Double => "double",
        BsonType.String => "string",
        BsonType.Document => "object",
        BsonType.Array => "array",
        BsonType.ObjectId => "objectId",
        BsonType.Boolean => "bool",
        BsonType.DateTime => "date",
        BsonType.Null => "null",
        BsonType.Int32 => "int",
        BsonType.Int64 => "long",
        _ => type.ToString(),
    };
}
