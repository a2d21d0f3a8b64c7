using MongoDB.Bson;

namespace Beacon.Testing.Mongo.Data;

/// <summary>Update operators and replacements (manual "Update Operators"), on a copy; what is not known is an error.</summary>
internal static class Updater
{
    /// <param name="isInsert">For an upsert that found nothing: <c>$setOnInsert</c> counts.</param>
    public static BsonDocument Apply(BsonDocument old, BsonDocument update, bool isInsert, DateTime now)
    {
        if (update.ElementCount == 0 || !update.GetElement(0).Name.StartsWith('$'))
        {
            var replaced = (BsonDocument)update.DeepClone();
            if (old.TryGetValue("_id", out var id) && !replaced.Contains("_id"))
            {
                replaced.InsertAt(0, new BsonElement("_id", id));
            }

            return replaced;
        }

        var target = (BsonDocument)old.DeepClone();
        foreach (var part in update)
        {
            foreach (var change in part.Value.AsBsonDocument)
            {
                Change(target, part.Name, change, isInsert, now);
            }
        }

        if (old.TryGetValue("_id", out var before) && target["_id"] != before)
        {
            throw new CommandException(66, "ImmutableField", "Performing an update on the path '_id' would modify the immutable field '_id'");
        }

        return target;
    }

    /// <summary>What an upsert starts from: the equalities of its filter.</summary>
    public static BsonDocument Seed(BsonDocument filter)
    {
        var seed = new BsonDocument();
        foreach (var element in filter)
        {
            if (!element.Name.StartsWith('$') && element.Value is not BsonDocument)
            {
                Set(seed, element.Name, element.Value);
            }
            else if (element.Value is BsonDocument { ElementCount: 1 } only && only.GetElement(0).Name == "$eq")
            {
                Set(seed, element.Name, only[0]);
            }
        }

        return seed;
    }

    private static void Change(BsonDocument target, string @operator, BsonElement change, bool isInsert, DateTime now)
    {
        switch (@operator)
        {
            case "$set":
                Set(target, change.Name, change.Value.DeepClone());
                break;
            case "$setOnInsert":
                if (isInsert)
                {
                    Set(target, change.Name, change.Value.DeepClone());
                }

                break;
            case "$unset":
                Holder(target, change.Name, create: false)?.Remove(Last(change.Name));
                break;
            case "$inc":
                var sum = (Holder(target, change.Name, create: false)?.GetValue(Last(change.Name), 0) ?? 0).ToInt64() + change.Value.ToInt64();
                Set(target, change.Name, change.Value.IsInt32 && sum is >= int.MinValue and <= int.MaxValue ? (int)sum : sum);
                break;
            case "$currentDate":
                Set(target, change.Name, now);
                break;
            default:
                throw new CommandException(9, "FailedToParse", $"Unknown modifier: {@operator}");
        }
    }

    private static void Set(BsonDocument target, string path, BsonValue value) => Holder(target, path, create: true)![Last(path)] = value;

    private static BsonDocument? Holder(BsonDocument target, string path, bool create)
    {
        var names = path.Split('.');
        foreach (var name in names[..^1])
        {
            if (!target.TryGetValue(name, out var inner))
            {
                if (!create)
                {
                    return null;
                }

                target[name] = inner = new BsonDocument();
            }

            target = inner.AsBsonDocument;
        }

        return target;
    }

    private static string Last(string path) => path[(path.LastIndexOf('.') + 1)..];
}
