namespace Beacon.Testing.Chaos;

/// <summary>A broken promise.</summary>
/// <param name="Text">A sentence for people.</param>
public sealed record ChaosFinding(ChaosFindingKind Kind, string Id, string Text)
{
    public override string ToString() => $"{Kind}: {Text}";
}
