namespace Beacon.LoadTests.Mdns;

/// <summary>Packets that ask nothing of the responder, as most packets of a busy network do.</summary>
internal enum FloodKind
{
    /// <summary>The same question for a type nobody here has.</summary>
    SameQuestion,

    /// <summary>Another type each time.</summary>
    NewQuestion,

    /// <summary>The same answer of a neighbour, about 300 bytes.</summary>
    SameAnswer,

    /// <summary>A neighbour's answer with names never heard before.</summary>
    NewAnswer,
}
