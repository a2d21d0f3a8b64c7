using Beacon.Registry.Leases;
using Beacon.Testing;

namespace Beacon.Registry.Tests.Leases;

/// <summary>The wheel against the plainest thing that does the same: a sorted set.</summary>
public sealed class LeaseWheelModelTests
{
    private const int Steps = 1_000_000;

    [Fact]
    public void A_million_random_steps_leave_wheel_and_sorted_list_in_agreement()
    {
        var random = new Random(Seeds.Next(x => TestContext.Current.TestOutputHelper?.WriteLine(x)));
        var wheel = new LeaseWheel<Lease>(0);
        var model = new SortedSet<(long Due, int Number)>();
        var live = new List<Lease>();
        var due = new List<Lease>();
        var now = 0L;
        for (var step = 0; step < Steps; step++)
        {
            switch (random.Next(10))
            {
                case < 4:
                    var lease = new Lease(step) { Due = now + Distance(random) };
                    lease.Handle = wheel.Schedule(lease, lease.Due);
                    lease.Place = live.Count;
                    live.Add(lease);
                    model.Add((lease.Due, lease.Number));
                    break;
                case < 6 when live.Count > 0:
                    var moved = live[random.Next(live.Count)];
                    model.Remove((moved.Due, moved.Number));
                    moved.Due = now + Distance(random);
                    Assert.True(wheel.Move(moved.Handle, moved.Due));
                    model.Add((moved.Due, moved.Number));
                    break;
                case < 7 when live.Count > 0:
                    var cancelled = live[random.Next(live.Count)];
                    Assert.True(wheel.Cancel(cancelled.Handle));
                    model.Remove((cancelled.Due, cancelled.Number));
                    Forget(live, cancelled);
                    break;
                default:
                    now += random.Next(40) == 0 ? random.Next(70_000) : random.Next(30);
                    due.Clear();
                    wheel.Advance(now, due);
                    foreach (var lease2 in due)
                    {
                        Assert.True(lease2.Due <= now || lease2.Due == 0, $"step {step}: due {lease2.Due} handed out at {now}");
                        Assert.True(model.Remove((lease2.Due, lease2.Number)), $"step {step}: handed out twice");
                        Assert.False(wheel.Cancel(lease2.Handle));
                        Forget(live, lease2);
                    }

                    Assert.True(model.Count == 0 || model.Min.Due > now, $"step {step}: {model.Min.Due} was due at {now} and is still held");
                    break;
            }

            Assert.Equal(model.Count, wheel.Count);
        }
    }

    /// <summary>Mostly near, sometimes beyond each level's reach, sometimes past.</summary>
    private static long Distance(Random random) => random.Next(6) switch
    {
        0 => random.Next(1, 5),
        1 or 2 => random.Next(1, 600),
        3 => random.Next(1, 70_000),
        4 => random.Next(1, 2_000_000),
        _ => random.Next(1, 20_000_000),
    };

    private static void Forget(List<Lease> live, Lease lease)
    {
        live[lease.Place] = live[^1];
        live[lease.Place].Place = lease.Place;
        live.RemoveAt(live.Count - 1);
    }

    private sealed class Lease(int number)
    {
        public int Number { get; } = number;

        public long Due { get; set; }

        public LeaseHandle Handle { get; set; }

        public int Place { get; set; }
    }
}
