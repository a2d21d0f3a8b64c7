using Beacon.Microbench;

if (args is ["footprint"])
{
    Footprint.Print();
    return;
}

// Nanoseconds and bytes of one operation, nothing else running in the process. Rounds are short so that all rows see the same machine.
Console.WriteLine("| what | ns (median, least to most) | bytes allocated |");
Console.WriteLine("| --- | --- | --- |");
foreach (var (what, operation) in Parsing.Operations().Concat(Answering.Operations()))
{
    var (nanoseconds, bytes) = Stopwatches.Measure(operation);
    Console.WriteLine($"| {what} | {nanoseconds} | {bytes} |");
}
