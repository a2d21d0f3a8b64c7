using Beacon.Fuzz.Targets;

namespace Beacon.Fuzz;

/// <summary>The targets by the names the command line uses.</summary>
internal static class FuzzTargets
{
    public const string Reader = "reader";
    public const string Engine = "engine";

    public static Action<byte[]> Create(string name)
    {
        switch (name)
        {
            case Reader:
                var reader = new ReaderTarget();
                return input => reader.Run(input);
            case Engine:
                var engine = new EngineTarget();
                return input => engine.Run(input);
            default:
                throw new ArgumentException("There is no target " + name + ": reader or engine.", nameof(name));
        }
    }
}
