using Xunit.Sdk;
using Xunit.v3;

// Every test starts processes and some watch the clock: one at a time.
[assembly: Parallelization(Mode = ParallelMode.None)]
