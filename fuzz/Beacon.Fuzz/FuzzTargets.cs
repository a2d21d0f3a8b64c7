using Beacon.Fuzz.Targets;

namespace Beacon.Fuzz;

/// <summary>The targets by the names the command line uses.</summary>
internal static class FuzzTargets
{
    public const string Reader = "reader";
    public const string Engine = "engine";
    public const string Querier = "querier";

    /// <summary>Names a file for the exceptions of a run: some findings need the inputs before them and show nothing when replayed alone.</summary>
    private const string ExceptionLog = "BEACON_FUZZ_EXCEPTIONS";

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
            case Querier:
                var querier = new QuerierTarget();
                return input => querier.Run(input);
            default:
                throw new ArgumentException("There is no target " + name + ": reader, engine or querier.", nameof(name));
        }
    }

    /// <summary>The fuzzer only learns that there was an exception; the file learns which.</summary>
    public static void RunLogged(Action<byte[]> target, byte[] input)
    {
        try
        {
            target(input);
        }
        catch (Exception exception) when (Environment.GetEnvironmentVariable(ExceptionLog) is { } log)
        {
            File.AppendAllText(log, $"{Convert.ToHexStringLower(input)}\n{exception}\n\n");
            throw;
        }
    }
}
