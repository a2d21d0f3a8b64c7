namespace Beacon.Testing.Chaos;

/// <summary>Mistakes made on purpose, to see the checker find them.</summary>
[Flags]
public enum ChaosPlants
{
    None = 0,

    /// <summary>A service is removed behind the history's back.</summary>
    Lost = 1,

    /// <summary>A removed service is put back into the database in the end.</summary>
    Resurrected = 2,

    /// <summary>A service is registered for ten seconds, and the history says for sixty.</summary>
    EndedEarly = 4,

    /// <summary>A document is changed in the database in the end.</summary>
    Unequal = 8,

    All = Lost | Resurrected | EndedEarly | Unequal,
}
