using System.Diagnostics.CodeAnalysis;
using MongoDB.Driver;

namespace Beacon.Storage.Mongo;

/// <summary>
/// Where the database is. The URL is kept to itself: <see cref="ToString"/>, and everything said to people, has hosts only.
/// </summary>
public sealed class MongoAddress
{
    private MongoAddress(MongoUrl url) => Url = url;

    internal MongoUrl Url { get; }

    /// <summary>As in the URL, without user and password.</summary>
    public string Hosts => string.Join(',', Url.Servers.Select(x => x.ToString()));

    /// <summary>Null when the URL names none.</summary>
    public string? Database => Url.DatabaseName;

    /// <summary>The URL leaves open which database knows the user, and names one that may not.</summary>
    internal bool MayBelongToAdmin => Url.Username is not null && Url.AuthenticationSource is null && Url.DatabaseName is not null and not "admin";

    /// <param name="problem">A sentence's end without the URL, such as "must begin with …".</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out MongoAddress? address, out string problem)
    {
        address = null;
        ArgumentNullException.ThrowIfNull(text);
        if (!text.StartsWith("mongodb://", StringComparison.Ordinal) && !text.StartsWith("mongodb+srv://", StringComparison.Ordinal))
        {
            problem = "must begin with mongodb:// or mongodb+srv://";
            return false;
        }

        try
        {
            address = new MongoAddress(MongoUrl.Create(text));
            problem = "";
            return true;
        }
        catch (Exception error) when (error is MongoException or FormatException or ArgumentException)
        {
            // The driver's message repeats the URL.
            problem = "is no connection string; look for characters such as @ : / % in the password, which must be written as %40 %3A %2F %25";
            return false;
        }
    }

    public override string ToString() => Hosts;
}
