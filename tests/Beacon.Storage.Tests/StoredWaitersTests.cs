namespace Beacon.Storage.Tests;

public sealed class StoredWaitersTests
{
    private readonly StoredWaiters _waiters = new(stored: 10);

    [Fact]
    public void What_is_stored_already_is_not_waited_for()
    {
        Assert.True(_waiters.Join(0).IsCompletedSuccessfully);
        Assert.True(_waiters.Join(10).IsCompletedSuccessfully);
    }

    [Fact]
    public void All_up_to_a_sequence_are_released_together_and_later_ones_wait_on()
    {
        var waits = Enumerable.Range(11, 5).Select(sequence => _waiters.Join(sequence)).ToArray();
        _waiters.Complete(13);
        Assert.Equal([true, true, true, false, false], waits.Select(wait => wait.IsCompletedSuccessfully));
    }

    [Fact]
    public void The_stored_sequence_never_goes_back()
    {
        _waiters.Complete(20);
        _waiters.Complete(15);
        Assert.Equal(20, _waiters.Stored);
        Assert.True(_waiters.Join(20).IsCompletedSuccessfully);
    }

    [Fact]
    public void A_fault_reaches_those_it_concerns_and_stores_nothing()
    {
        var hit = _waiters.Join(11);
        var later = _waiters.Join(12);
        _waiters.Fault(11, () => new StoreUnavailableException());
        Assert.True(hit.IsFaulted);
        Assert.False(later.IsCompleted);
        Assert.False(_waiters.Join(11).IsCompleted);
    }

    [Fact]
    public void One_of_two_who_wait_for_the_same_may_leave_without_the_other_being_forgotten()
    {
        var stays = _waiters.Join(11);
        _ = _waiters.Join(11);
        _waiters.Leave(11);
        _waiters.Complete(11);
        Assert.True(stays.IsCompletedSuccessfully);
    }
}
