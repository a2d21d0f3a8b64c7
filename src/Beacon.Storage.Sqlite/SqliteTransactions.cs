using Beacon.Storage.Sqlite.Interop;

namespace Beacon.Storage.Sqlite;

/// <summary>Transactions with or without a sync of the log at their commit.</summary>
internal sealed class SqliteTransactions(SqliteConnection connection)
{
    private bool _isDurable = true;

    /// <param name="durable">
    /// True: survives a power cut once this returns (log synced). False: survives the end of the process only; the next durable commit
    /// or checkpoint takes it along.
    /// </param>
    public void Run(bool durable, Action work)
    {
        if (durable != _isDurable)
        {
            // Takes effect only between transactions.
            connection.Execute(durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            _isDurable = durable;
        }

        connection.InTransaction(work);
    }
}
