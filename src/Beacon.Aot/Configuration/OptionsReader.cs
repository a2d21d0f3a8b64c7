using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Beacon.Aot.Metrics;
using Beacon.Features.Events;
using Beacon.Features.Health;
using Beacon.Features.Health.History;
using Beacon.Features.Status;
using Beacon.Mdns;
using Beacon.Registry.Services;
using Beacon.Storage.Mongo;

namespace Beacon.Aot.Configuration;

/// <summary>Turns texts into checked options; each wrong one becomes a sentence in <see cref="SettingValues.Problems"/>.</summary>
internal sealed class OptionsReader(SettingValues values, IReadOnlyDictionary<string, string> environment)
{
    private const int MaxLabel = 63;
    private const int MaxDatabase = 63;

    /// <summary>A namespace has 120 bytes in the oldest version there is support for; names that are added to it need some.</summary>
    private const int MaxCollection = 40;
    private const string StandardDatabase = "beacon";
    private const int OneHour = 3600;
    private const int ThirtyDays = 2_592_000;
    private const int OneWeekHours = 168;
    private const int OneYear = 365;
    private const int TenYears = 3650;
    private const int HundredYears = 36_500;
    private const int MostAnswers = 1_000_000;
    private const int MostServices = 10_000_000;

    public BeaconOptions Read()
    {
        var mongo = Mongo();
        return new BeaconOptions
        {
            Host = Address(Settings.Host),
            Port = Port(),
            ApiPrefix = Prefix(Settings.ApiPrefix),
            DataDirectory = Data(),
            DefaultTtlSeconds = Number(Settings.DefaultTtl, ServiceLimits.MinTtl, ServiceLimits.MaxTtl),
            CleanUpInterval = TimeSpan.FromSeconds(Number(Settings.CleanUpInterval, 1, OneHour)),
            ExpiredRetention = TimeSpan.FromSeconds(Number(Settings.ExpiredRetention, 0, ThirtyDays)),
            MaxServices = Number(Settings.MaxServices, 1, MostServices),
            CorsOrigins = Origins(Settings.CorsOrigins),
            MdnsEnabled = Switch(Settings.Mdns),
            MdnsInterfaces = values[Settings.MdnsInterface].Text is "auto" or "" ? null : List(Settings.MdnsInterface),
            MdnsDomain = Domain(Settings.MdnsDomain),
            MdnsHostName = HostName(Settings.MdnsHostName),
            MdnsInstance = Instance(Settings.MdnsInstance),
            MdnsAnswerLimit = Number(Settings.MdnsAnswerLimit, 0, MostAnswers),
            UnhealthyMdns = Policy(Settings.UnhealthyMdns),
            MaintenanceMdns = Policy(Settings.MaintenanceMdns),
            HealthConcurrency = Number(Settings.HealthConcurrency, HealthOptions.LeastConcurrency, HealthOptions.MostConcurrency),
            HealthAllow = Networks(Settings.HealthAllow),
            CheckedRetention = TimeSpan.FromSeconds(Number(Settings.CheckedRetention, 0, ThirtyDays)),
            MetricsServices = Number(Settings.MetricsServices, 0, ServiceMetrics.MostServices),
            Mongo = mongo,
            MongoDatabase = Database(mongo?.Database),
            ServicesCollection = Collection(Settings.ServicesCollection),
            HealthChecksCollection = Collection(Settings.HealthChecksCollection),
            MongoAuthorityFile = Authorities(),
            History = new HealthHistoryOptions
            {
                RawHours = Number(Settings.HealthRaw, HealthHistoryOptions.MinRawHours, OneWeekHours),
                MinuteDays = Number(Settings.HealthMinutes, 1, OneYear),
                HourDays = Number(Settings.HealthHours, 1, TenYears),
                DayDays = Number(Settings.HealthDays, 0, HundredYears),
            },
            Events = new EventLogOptions { Days = Number(Settings.EventsDays, 1, TenYears) },
            Status = new StatusOptions { Tags = StatusTags(), Title = StatusTitle() },
            LogLevel = Level(Settings.LogLevel),
            LogForm = Form(Settings.LogFormat),
        };
    }

    private static List<string> Words(string text) =>
        [.. text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>The URL itself is never shown: it holds a password.</summary>
    private MongoAddress? Mongo()
    {
        var given = values[Settings.MongoUrl];
        if (given.Text.Length == 0)
        {
            return null;
        }

        if (!MongoAddress.TryParse(given.Text, out var address, out var problem))
        {
            values.Problems.Add($"{Settings.MongoUrl.Variable} ({given.Source}): {problem}");
        }

        return address;
    }

    /// <summary>The URL's path wins: it is the more particular place to say it.</summary>
    private string Database(string? ofUrl)
    {
        var text = values[Settings.MongoDatabase].Text;
        if (text.Length == 0)
        {
            return ofUrl ?? StandardDatabase;
        }

        if (text.Length > MaxDatabase || text.Any(x => char.IsControl(x) || "/\\. \"$*<>:|?".Contains(x, StringComparison.Ordinal)))
        {
            Wrong(Settings.MongoDatabase, "must be 1 to 63 characters without / \\ . space \" $ * < > : | ?");
        }

        return ofUrl ?? text;
    }

    private string Collection(Setting setting)
    {
        var text = values[setting].Text;
        if (text.Length is 0 or > MaxCollection || text.Contains('$', StringComparison.Ordinal) || text.Any(char.IsControl)
            || text.StartsWith("system.", StringComparison.Ordinal) || text[0] == '.' || text[^1] == '.')
        {
            Wrong(setting, "must be the name of a collection");
        }

        return text;
    }

    private string? Authorities()
    {
        var text = values[Settings.MongoAuthorities].Text;
        if (text.Length > 0 && !File.Exists(text))
        {
            Wrong(Settings.MongoAuthorities, "must be a file that is there");
        }

        return text.Length > 0 ? text : null;
    }

    private void Wrong(Setting setting, string what) =>
        values.Problems.Add($"{setting.Variable} ({values[setting].Source}): {what}, not \"{values[setting].Text}\"");

    private int Number(Setting setting, int least, int most)
    {
        if (int.TryParse(values[setting].Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Wrong(setting, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {least} to {most}"));
        return least;
    }

    private int Port()
    {
        var port = Number(Settings.Port, 0, ServiceLimits.MaxPort);
        if (port == 0 && values[Settings.Port].Text == "0" && Switch(Settings.Mdns))
        {
            Wrong(Settings.Port, "must be a fixed port while mDNS announces it");
        }

        return port;
    }

    private string Data()
    {
        var path = values[Settings.DataDirectory].Text;
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            Wrong(Settings.DataDirectory, "must be a path");
            return path;
        }

        return path.Length > 0 ? Path.GetFullPath(path) : DataDirectory.Default(environment);
    }

    private bool Switch(Setting setting)
    {
        switch (values[setting].Text.ToLowerInvariant())
        {
            case "on" or "true" or "1" or "yes":
                return true;
            case "off" or "false" or "0" or "no":
                return false;
            default:
                Wrong(setting, "must be on or off");
                return false;
        }
    }

    private IPAddress? Address(Setting setting)
    {
        var text = values[setting].Text;
        if (text is "0.0.0.0" or "::" or "*" or "")
        {
            return null;
        }

        if (text == "localhost")
        {
            return IPAddress.Loopback;
        }

        if (IPAddress.TryParse(text, out var address))
        {
            return address;
        }

        Wrong(setting, "must be an IP address of this machine, or 0.0.0.0 for all of them");
        return null;
    }

    private string Prefix(Setting setting)
    {
        var text = "/" + values[setting].Text.Trim('/');
        if (text.Length > 1 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.'))
        {
            return text;
        }

        Wrong(setting, "must be a path of letters, digits, - _ and ., such as /api/v1");
        return setting.Default;
    }

    private List<string> Origins(Setting setting)
    {
        var origins = List(setting);
        foreach (var origin in origins)
        {
            if (origin != "*" && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.AbsolutePath == "/"))
            {
                Wrong(setting, $"\"{origin}\" must be * or scheme://host[:port]");
            }
        }

        return origins;
    }

    private List<string> List(Setting setting)
    {
        var text = values[setting].Text.Trim();
        if (!text.StartsWith('['))
        {
            return Words(text);
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return [.. document.RootElement.EnumerateArray().Select(x => x.GetString() ?? "")];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            Wrong(setting, "must be a JSON array of strings, or words separated by commas");
            return [];
        }
    }

    private DownPolicy Policy(Setting setting)
    {
        switch (values[setting].Text.ToLowerInvariant())
        {
            case "withdraw":
                return DownPolicy.Withdraw;
            case "keep":
                return DownPolicy.Keep;
            case "mark":
                return DownPolicy.Mark;
            default:
                Wrong(setting, "must be withdraw, keep or mark");
                return DownPolicy.Withdraw;
        }
    }

    /// <summary>An address alone is a network of one.</summary>
    private List<IPNetwork> Networks(Setting setting)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in List(setting))
        {
            if (IPNetwork.TryParse(text, out var network))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(text, out var address))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                Wrong(setting, $"\"{text}\" must be a network such as 10.1.0.0/16 or fd00::/8");
            }
        }

        return networks;
    }

    private string Domain(Setting setting)
    {
        var text = values[setting].Text.Trim('.').ToLowerInvariant();
        if (text.Length > 0 && text.Split('.').All(IsLabel))
        {
            return text;
        }

        Wrong(setting, "must be a domain such as local");
        return setting.Default;
    }

    private string HostName(Setting setting)
    {
        var text = values[setting].Text;
        if (IsLabel(text))
        {
            return text.ToLowerInvariant();
        }

        Wrong(setting, "must be one label of letters, digits and hyphens, at most 63");
        return setting.Default;
    }

    private string Instance(Setting setting)
    {
        var text = values[setting].Text;
        if (text.Length > 0 && Encoding.UTF8.GetByteCount(text) <= MaxLabel && !text.Any(char.IsControl))
        {
            return text;
        }

        Wrong(setting, "must be 1 to 63 bytes of UTF-8 without control characters");
        return setting.Default;
    }

    /// <summary>Unlike other lists it is not split at blanks: a tag may hold some.</summary>
    private List<string> StatusTags()
    {
        var setting = Settings.StatusPage;
        var text = values[setting].Text.Trim();
        var tags = (text.StartsWith('[') ? List(setting) : [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)])
            .Distinct().ToList();
        if (tags.Count <= StatusLimits.MaxTags && tags.TrueForAll(x => x.Length is >= ServiceLimits.MinTag and <= ServiceLimits.MaxTag))
        {
            return tags;
        }

        Wrong(setting, $"must be at most {StatusLimits.MaxTags} tags of 1 to {ServiceLimits.MaxTag} characters, separated by commas");
        return [];
    }

    private string StatusTitle()
    {
        var text = values[Settings.StatusTitle].Text.Trim();
        if (text.Length is > 0 and <= StatusLimits.MaxTitle && !text.Any(char.IsControl))
        {
            return text;
        }

        Wrong(Settings.StatusTitle, $"must be 1 to {StatusLimits.MaxTitle} characters without control characters");
        return StatusOptions.DefaultTitle;
    }

    private LogLevel Level(Setting setting)
    {
        switch (values[setting].Text.ToUpperInvariant())
        {
            case "TRACE":
                return LogLevel.Trace;
            case "DEBUG":
                return LogLevel.Debug;
            case "INFO" or "INFORMATION":
                return LogLevel.Information;
            case "WARNING" or "WARN":
                return LogLevel.Warning;
            case "ERROR":
                return LogLevel.Error;
            case "CRITICAL" or "FATAL":
                return LogLevel.Critical;
            default:
                Wrong(setting, "must be DEBUG, INFO, WARNING, ERROR or CRITICAL");
                return LogLevel.Information;
        }
    }

    private LogForm Form(Setting setting)
    {
        if (Enum.TryParse<LogForm>(values[setting].Text, ignoreCase: true, out var form) && Enum.IsDefined(form))
        {
            return form;
        }

        Wrong(setting, "must be json, text or auto");
        return LogForm.Auto;
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaxLabel
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        && label[0] != '-' && label[^1] != '-';
}
