namespace Beacon.Fuzz.Targets;

/// <summary>What one step of an engine script does; the byte that names it is taken modulo the number of kinds.</summary>
internal enum ScriptStep
{
    /// <summary>From where, how long, and the datagram itself.</summary>
    Datagram,

    /// <summary>A well-formed message out of names and types the engine knows.</summary>
    Composed,

    /// <summary>Something the engine said, back from elsewhere with some bytes changed.</summary>
    Echo,

    /// <summary>Tens of milliseconds.</summary>
    Wait,

    /// <summary>Seconds.</summary>
    LongWait,

    /// <summary>A service comes, changes or goes.</summary>
    Service,

    /// <summary>Interfaces or their addresses change.</summary>
    Links,

    /// <summary>A host name the engine asked for is found, or not.</summary>
    Lookup,
}
