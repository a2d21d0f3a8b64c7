namespace Beacon.Aot.Http2;

/// <summary>What the first bytes of a connection say.</summary>
internal enum Opening
{
    /// <summary>All of them could be the beginning of the preface, and there are too few.</summary>
    Unclear,

    /// <summary>No preface: whatever it is, the reader of HTTP/1.1 judges it.</summary>
    Http1,

    /// <summary>The whole preface.</summary>
    Http2,

    /// <summary>Nothing that would have to be answered: time was up, the server stops, or the connection broke.</summary>
    None,
}
