using System.Text.Json;

namespace Beacon.Aot.Api.Validation;

/// <summary>Where in a request a problem is: <c>["body","tags",2]</c>, <c>["query","limit"]</c>, <c>["body","metadata","key","[key]"]</c>.</summary>
internal readonly record struct Location
{
    private const string Body = "body";
    private const string Query = "query";
    private const string KeyMark = "[key]";
    private const int None = -1;

    private readonly string _root;
    private readonly string? _field;
    private readonly string? _entry;
    private readonly int _index;
    private readonly bool _isKey;

    private Location(string root, string? field, string? entry, int index, bool isKey)
    {
        _root = root;
        _field = field;
        _entry = entry;
        _index = index;
        _isKey = isKey;
    }

    public static Location WholeBody { get; } = new(Body, null, null, None, false);

    /// <param name="offset">Characters from the beginning of the body.</param>
    public static Location BodyOffset(int offset) => new(Body, null, null, offset, false);

    public static Location BodyField(string name) => new(Body, name, null, None, false);

    public static Location QueryParameter(string name) => new(Query, name, null, None, false);

    public Location Item(int index) => new(_root, _field, null, index, false);

    public Location Entry(string key) => new(_root, _field, key, None, false);

    public Location EntryKey(string key) => new(_root, _field, key, None, true);

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("loc"u8);
        writer.WriteStringValue(_root);
        if (_field is not null)
        {
            writer.WriteStringValue(_field);
        }

        if (_entry is not null)
        {
            writer.WriteStringValue(_entry);
        }

        if (_index != None)
        {
            writer.WriteNumberValue(_index);
        }

        if (_isKey)
        {
            writer.WriteStringValue(KeyMark);
        }

        writer.WriteEndArray();
    }
}
