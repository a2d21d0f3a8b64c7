namespace Beacon.Mdns.Tests.Simulation;

/// <summary>
/// Seeds whose runs once broke a property, named after what broke. A change of the simulation makes other runs of them, so what each
/// came down to is held by a test of its own in <see cref="Engine.FoundBySimulationTests"/>.
/// </summary>
public class SeedsThatFailedTests
{
    /// <summary>The answer to a question asked just after the first announcement went out in the same instant as the second announcement.</summary>
    [Fact]
    public void Seed_1_an_answer_was_sent_beside_an_announcement() => SimulationRun.Play(1);

    /// <summary>beacon.local was back after a conflict and announced 835 ms after the answer that the other host had objected to.</summary>
    [Fact]
    public void Seed_70_a_contested_name_was_announced_again_within_a_second() => SimulationRun.Play(70);

    /// <summary>
    /// Two Beacons with a reflector between them took two names from each other in turns, thirty packets a second for a week: each
    /// defence by unicast ended at the reflector.
    /// </summary>
    [Fact]
    public void Seed_1069_two_Beacons_fought_for_a_name_over_a_reflector() => SimulationRun.Play(1069);

    /// <summary>A new address on one link made another hear the same NSEC twice within a second.</summary>
    [Fact]
    public void Seed_307651_a_negative_answer_was_said_twice_because_another_link_changed() => SimulationRun.Play(307651);
}
