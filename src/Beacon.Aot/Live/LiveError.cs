namespace Beacon.Aot.Live;

/// <summary>Why a client's frame was not obeyed.</summary>
internal enum LiveError
{
    /// <summary>It begins like JSON but is none.</summary>
    InvalidJson,

    /// <summary>A command nobody knows.</summary>
    UnknownType,

    /// <summary>A member is missing or out of bounds.</summary>
    Invalid,

    /// <summary>The client must register again.</summary>
    ServiceNotFound,

    /// <summary>The last answer before the connection is closed.</summary>
    TooManyFrames,
}
