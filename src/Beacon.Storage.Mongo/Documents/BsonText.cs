using System.Text;
using MongoDB.Bson;

namespace Beacon.Storage.Mongo.Documents;

/// <summary>Texts, lists and entries as BSON.</summary>
internal static class BsonText
{
    private const char Replacement = '\uFFFD';

    /// <summary>BSON is UTF-8: half of a surrogate pair has no form in it, and would make the driver refuse the whole batch.</summary>
    public static BsonString From(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogate(text[at]))
            {
                if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
                {
                    at++;
                    continue;
                }

                return Mend(text);
            }
        }

        return new BsonString(text);
    }

    public static BsonArray From(IEnumerable<string> texts) => [.. texts.Select(From)];

    /// <summary>
    /// A document, as the earlier implementation wrote it; an array of pairs when a key could not be a field's name in every version of
    /// MongoDB (empty, with a dot or NUL, or beginning with a dollar) or is there twice.
    /// </summary>
    public static BsonValue From(IReadOnlyList<KeyValuePair<string, string>> entries)
    {
        var document = new BsonDocument();
        foreach (var (key, value) in entries)
        {
            if (!IsFieldName(key) || document.Contains(key))
            {
                return new BsonArray(entries.Select(x => new BsonArray { From(x.Key), From(x.Value) }));
            }

            document.Add(key, From(value));
        }

        return document;
    }

    public static List<string> ReadTexts(BsonValue value) => value is BsonArray array ? [.. array.Select(Text)] : [];

    public static List<KeyValuePair<string, string>> ReadEntries(BsonValue value) => value switch
    {
        BsonDocument document => [.. document.Select(x => new KeyValuePair<string, string>(x.Name, Text(x.Value)))],
        BsonArray pairs => [.. pairs.OfType<BsonArray>().Where(x => x.Count == 2).Select(x => new KeyValuePair<string, string>(Text(x[0]), Text(x[1])))],
        _ => [],
    };

    private static bool IsFieldName(string key) =>
        key.Length > 0 && key[0] != '$' && !key.Contains('.', StringComparison.Ordinal) && !key.Contains('\0', StringComparison.Ordinal)
        && !key.Any(char.IsSurrogate);

    /// <summary>A person may have put a number where a text was.</summary>
    private static string Text(BsonValue value) => value.IsString ? value.AsString : value.ToString() ?? "";

    private static string Mend(string text)
    {
        var mended = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            {
                mended.Append(text[at]).Append(text[++at]);
            }
            else
            {
                mended.Append(char.IsSurrogate(text[at]) ? Replacement : text[at]);
            }
        }

        return mended.ToString();
    }
}
