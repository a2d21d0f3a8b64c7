namespace Beacon.Aot.Api.Validation;

internal enum FieldKind
{
    Text,
    Integer,
    Boolean,

    /// <summary>A JSON array of texts.</summary>
    List,

    /// <summary>A JSON object of texts; numbers and booleans are taken as they are written, null as the empty text.</summary>
    Map,
}
