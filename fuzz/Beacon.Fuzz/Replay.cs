namespace Beacon.Fuzz;

/// <summary>Runs kept inputs one after the other and says which fail, with the exception.</summary>
internal static class Replay
{
    public static int Run(Action<byte[]> target, string[] files)
    {
        var failed = 0;
        foreach (var file in files)
        {
            try
            {
                target(File.ReadAllBytes(file));
            }
            catch (Exception exception)
            {
                failed++;
                Console.Error.WriteLine(file);
                Console.Error.WriteLine(exception);
            }
        }

        Console.WriteLine($"{files.Length} inputs, {failed} failed");
        return failed == 0 ? 0 : 1;
    }
}
