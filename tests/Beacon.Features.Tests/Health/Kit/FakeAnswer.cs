using Beacon.Registry.Health;

namespace Beacon.Features.Tests.Health.Kit;

internal readonly record struct FakeAnswer(CheckOutcome Outcome, TimeSpan After, Exception? Throws = null)
{
    public static FakeAnswer Well => new(CheckOutcome.Healthy, TimeSpan.FromMilliseconds(20));

    public static FakeAnswer Refused => new(CheckOutcome.Error, TimeSpan.FromMilliseconds(1));

    public static FakeAnswer Hangs(int seconds) => new(CheckOutcome.Timeout, TimeSpan.FromSeconds(seconds));

    public static FakeAnswer WellAfter(double seconds) => new(CheckOutcome.Healthy, TimeSpan.FromSeconds(seconds));
}
