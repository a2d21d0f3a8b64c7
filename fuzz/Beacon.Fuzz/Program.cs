using Beacon.Fuzz;
using SharpFuzz;

// fuzz TARGET                 under afl-fuzz: one input after the other from standard input
// replay TARGET FILE…         each input once, so that a finding shows its exception
// instrument ASSEMBLY…        puts coverage counters into copies of the code under test
// seeds TARGET FOLDER CORPUS  writes the first inputs
switch (args)
{
    case ["fuzz", var target]:
        var fuzzed = FuzzTargets.Create(target);
        Fuzzer.OutOfProcess.Run(stream => FuzzTargets.RunLogged(fuzzed, InputReader.ReadAll(stream)));
        return 0;
    case ["replay", var target, .. var files]:
        return Replay.Run(FuzzTargets.Create(target), files);
    case ["instrument", .. var assemblies]:
        return Instrumenter.Run(assemblies);
    case ["seeds", var target, var folder, var corpus]:
        return Seeds.Write(target, folder, corpus);
    default:
        Console.Error.WriteLine("fuzz TARGET | replay TARGET FILE... | instrument ASSEMBLY... | seeds TARGET FOLDER CORPUS   (TARGET: reader, engine, querier)");
        return 64;
}
