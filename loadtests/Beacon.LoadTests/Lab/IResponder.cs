namespace Beacon.LoadTests.Lab;

/// <summary>An mDNS responder on the server's host with a host name and a number of services of one type.</summary>
internal interface IResponder : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Of the process whose CPU time is measured.</summary>
    int ProcessId { get; }

    /// <summary>A name with an A record, without final dot.</summary>
    string HostName { get; }
}
