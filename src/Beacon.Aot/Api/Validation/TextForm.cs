namespace Beacon.Aot.Api.Validation;

/// <summary>What a text must look like beyond its length.</summary>
internal enum TextForm
{
    /// <summary>Anything.</summary>
    Free,

    /// <summary>One line: no control characters, which no DNS label, log line or screen can carry.</summary>
    Line,

    /// <summary>An absolute http, https or tcp address, or empty for none.</summary>
    ProbeUrl,

    /// <summary>A DNS-SD service type without domain, <c>_ipp._tcp</c> (RFC 6335 §5.1, RFC 6763 §4.1.2).</summary>
    ServiceType,

    /// <summary>A TXT key: printable ASCII without the equals sign (RFC 6763 §6.4).</summary>
    TxtKey,

    /// <summary>HTTP statuses: <c>200-299</c>, <c>200,204,301-302</c>.</summary>
    StatusRanges,

    /// <summary>The name of an HTTP header that a client may choose (RFC 9110 §5.1): not one that frames the message or names the host.</summary>
    HeaderName,

    /// <summary>A path into JSON: <c>checks[0].state</c>.</summary>
    JsonPath,
}
