using System.Text.Encodings.Web;
using System.Text.Json;

namespace Beacon.Aot.Api;

/// <summary>How every JSON body of the API is written.</summary>
internal static class JsonOutput
{
    public const string ContentType = "application/json";

    /// <summary>
    /// Text stays UTF-8 instead of becoming <c>\u</c> escapes: small devices keep the answer in a buffer of fixed size. Safe because each
    /// answer says <c>application/json</c> and <c>nosniff</c>. Not validated: the writers are ours and tested.
    /// </summary>
    public static JsonWriterOptions Options { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };
}
