using SharpFuzz;

namespace Beacon.Fuzz;

/// <summary>Rewrites assemblies in place so that every branch counts itself in the fuzzer's map. For copies only: they run nowhere else.</summary>
internal static class Instrumenter
{
    public static int Run(string[] assemblies)
    {
        foreach (var assembly in assemblies)
        {
            var types = Fuzzer.Instrument(assembly, _ => true, Options.Value);
            Console.WriteLine($"{Path.GetFileName(assembly)}: {types.Count()} types");
        }

        return 0;
    }
}
