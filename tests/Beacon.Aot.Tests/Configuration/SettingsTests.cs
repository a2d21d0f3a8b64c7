using System.Net;
using System.Text;
using Beacon.Aot.Configuration;
using Microsoft.Extensions.Logging;

namespace Beacon.Aot.Tests.Configuration;

public sealed class SettingsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("beacon-settings-").FullName;
    private readonly SettingsRig _rig = new();

    /// <summary>Each setting, a value for it, and how the options show that it arrived.</summary>
    public static TheoryData<string, string, string> Values() => new()
    {
        { "BEACON_HOST", "127.0.0.1", "127.0.0.1" },
        { "BEACON_PORT", "9999", "9999" },
        { "API_PREFIX", "/beacon/v2/", "/beacon/v2" },
        { "BEACON_DATA_DIR", "/srv/beacon", "/srv/beacon" },
        { "BEACON_DEFAULT_TTL", "60", "60" },
        { "BEACON_TTL_CLEANUP_INTERVAL", "5", "00:00:05" },
        { "BEACON_EXPIRED_RETENTION", "0", "00:00:00" },
        { "BEACON_MAX_SERVICES", "12", "12" },
        { "CORS_ORIGINS", "http://a.example, https://b.example:8443", "http://a.example https://b.example:8443" },
        { "BEACON_MDNS", "off", "False" },
        { "MDNS_INTERFACE", "eth0,wlan*", "eth0 wlan*" },
        { "MDNS_DOMAIN", "Lab.Example.", "lab.example" },
        { "BEACON_MDNS_HOSTNAME", "Registry", "registry" },
        { "BEACON_MDNS_INSTANCE", "Küche", "Küche" },
        { "BEACON_MDNS_ANSWER_LIMIT", "0", "0" },
        { "BEACON_UNHEALTHY_MDNS", "mark", "Mark" },
        { "BEACON_MAINTENANCE_MDNS", "withdraw", "Withdraw" },
        { "BEACON_HEALTH_CONCURRENCY", "8", "8" },
        { "BEACON_METRICS_SERVICES", "0", "0" },
        { "BEACON_HEALTH_ALLOW", "10.1.0.0/16, 192.0.2.7", "10.1.0.0/16 192.0.2.7/32" },
        { "BEACON_CHECKED_RETENTION", "60", "00:01:00" },
        { "BEACON_LOG_LEVEL", "warning", "Warning" },
        { "LOG_FORMAT", "json", "Json" },
        { "BEACON_MONGODB_URL", "mongodb://user:p%40ss@a.example,b.example:27018/lab", "a.example:27017,b.example:27018 lab" },
        { "DATABASE_NAME", "lab", "lab" },
        { "SERVICES_COLLECTION", "things", "things" },
        { "HEALTH_CHECKS_COLLECTION", "checks", "checks" },
        { "BEACON_MONGODB_CA_FILE", "/etc/passwd", "/etc/passwd" },
        { "BEACON_HEALTH_RAW", "48", "48" },
        { "BEACON_HEALTH_MINUTES", "7", "7" },
        { "BEACON_HEALTH_HOURS", "90", "90" },
        { "BEACON_HEALTH_DAYS", "1000", "1000" },
        { "BEACON_EVENTS_DAYS", "7", "7" },
        { "BEACON_STATUS_PAGE", "family, living room,*", "family|living room|*" },
        { "BEACON_STATUS_TITLE", " Unser Haus ", "Unser Haus" },
    };

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Every_setting_is_in_the_table_of_these_tests()
    {
        var tested = Values().Select(x => x.Data.Item1);
        Assert.Equal(Settings.All.Select(x => x.Variable).Order(), tested.Order());
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void A_setting_arrives_from_the_environment_the_command_line_and_the_file(string variable, string value, string shown)
    {
        var setting = Settings.All.Single(x => x.Variable == variable);

        _rig.Environment[variable] = value;
        Assert.Equal((shown, ""), Shown(variable));

        _rig.Environment.Remove(variable);
        _rig.Options[setting.Option] = value;
        Assert.Equal((shown, ""), Shown(variable));

        _rig.Options.Clear();
        _rig.WithFile(_directory, $$"""{ "{{setting.Key}}": "{{value}}" }""");
        Assert.Equal((shown, ""), Shown(variable));
    }

    [Fact]
    public void The_command_line_wins_over_the_environment_and_the_environment_over_the_file()
    {
        _rig.WithFile(_directory, """{ "port": 1001, "default_ttl": 100 }""");
        _rig.Environment["BEACON_PORT"] = "1002";
        Assert.Equal(1002, _rig.Read().Options.Port);
        Assert.Equal(100, _rig.Read().Options.DefaultTtlSeconds);

        _rig.Options["port"] = "1003";
        Assert.Equal(1003, _rig.Read().Options.Port);
    }

    [Fact]
    public void An_empty_variable_counts_as_not_set()
    {
        _rig.Environment["BEACON_PORT"] = "";
        _rig.Environment["BEACON_MONGODB_URL"] = "";
        _rig.Environment["LOG_FILE"] = "";

        Assert.Equal(8080, _rig.Read().Options.Port);
        Assert.Empty(_rig.Read().Problems);
        Assert.Empty(_rig.Gather().Warnings);
    }

    [Fact]
    public void All_problems_are_told_at_once_with_the_settings_name_and_where_it_came_from()
    {
        _rig.WithFile(_directory, """{ "default_ttl": 5, "prot": 1 }""");
        _rig.Environment["BEACON_MAX_SERVICES"] = "many";
        _rig.Options["log-level"] = "loud";

        var problems = _rig.Read().Problems;

        Assert.Equal(4, problems.Count);
        Assert.Contains(problems, x => x.Contains("prot is not a setting; did you mean port?", StringComparison.Ordinal));
        Assert.Contains(problems, x => x.StartsWith($"BEACON_DEFAULT_TTL ({_rig.File}): must be a whole number from 10 to 86400", StringComparison.Ordinal));
        Assert.Contains("BEACON_MAX_SERVICES (environment): must be a whole number from 1 to 10000000, not \"many\"", problems);
        Assert.Contains(problems, x => x.StartsWith("BEACON_LOG_LEVEL (command line): must be DEBUG, INFO", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("BEACON_PORT", "65536")]
    [InlineData("BEACON_PORT", "tcp://10.0.0.1:8080")]
    [InlineData("BEACON_PORT", "0")]
    [InlineData("BEACON_HOST", "somewhere")]
    [InlineData("API_PREFIX", "/")]
    [InlineData("API_PREFIX", "/a{b}")]
    [InlineData("CORS_ORIGINS", "beacon.local")]
    [InlineData("CORS_ORIGINS", "[1]")]
    [InlineData("CORS_ORIGINS", "[\"*\"")]
    [InlineData("BEACON_MDNS", "perhaps")]
    [InlineData("MDNS_DOMAIN", "a..b")]
    [InlineData("BEACON_MDNS_HOSTNAME", "my host")]
    [InlineData("BEACON_MDNS_HOSTNAME", "-x")]
    [InlineData("BEACON_MDNS_INSTANCE", "a\u0007")]
    [InlineData("BEACON_MDNS_ANSWER_LIMIT", "-1")]
    [InlineData("BEACON_UNHEALTHY_MDNS", "hide")]
    [InlineData("BEACON_MAINTENANCE_MDNS", "1")]
    [InlineData("BEACON_HEALTH_CONCURRENCY", "0")]
    [InlineData("BEACON_METRICS_SERVICES", "10001")]
    [InlineData("BEACON_HEALTH_ALLOW", "10.1.0.0/33")]
    [InlineData("BEACON_HEALTH_ALLOW", "lan")]
    [InlineData("BEACON_CHECKED_RETENTION", "-1")]
    [InlineData("BEACON_MDNS_ANSWER_LIMIT", "1000001")]
    [InlineData("LOG_FORMAT", "7")]
    [InlineData("DATABASE_NAME", "a.b")]
    [InlineData("SERVICES_COLLECTION", "system.services")]
    [InlineData("HEALTH_CHECKS_COLLECTION", "a$b")]
    [InlineData("BEACON_MONGODB_CA_FILE", "/nowhere/ca.pem")]
    [InlineData("BEACON_DATA_DIR", "a\0b")]
    [InlineData("BEACON_STATUS_PAGE", "family,a tag that is longer than any that a service could have")]
    [InlineData("BEACON_STATUS_PAGE", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33")]
    [InlineData("BEACON_STATUS_PAGE", "[\"family\", 1]")]
    [InlineData("BEACON_STATUS_TITLE", "a\u0007")]
    [InlineData("BEACON_STATUS_TITLE", "a title that is much longer than the eighty characters that fit into one line of it")]
    public void A_wrong_value_is_one_problem_that_names_the_setting(string variable, string value)
    {
        _rig.Environment[variable] = value;

        Assert.StartsWith(variable, Assert.Single(_rig.Read().Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://user:hunter2@db.example/beacon")]
    [InlineData("mongodb://user:hunter2@@db.example/beacon")]
    [InlineData("mongodb://user:hunter2@db.example:port/beacon")]
    [InlineData("mongodb://")]
    public void B18_the_address_of_a_database_and_its_password_are_not_repeated_in_a_complaint(string url)
    {
        _rig.Environment["BEACON_MONGODB_URL"] = url;

        var problem = Assert.Single(_rig.Read().Problems);

        Assert.StartsWith("BEACON_MONGODB_URL (environment): ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("db.example", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mongodb://db/lab", "", "lab")]
    [InlineData("mongodb://db/lab", "other", "lab")]
    [InlineData("mongodb://db", "other", "other")]
    [InlineData("mongodb://db", "", "beacon")]
    public void The_database_is_the_one_of_the_URLs_path_else_the_one_named_else_beacon(string url, string named, string used)
    {
        _rig.Environment["BEACON_MONGODB_URL"] = url;
        _rig.Environment["DATABASE_NAME"] = named;

        Assert.Equal(used, _rig.Read().Options.MongoDatabase);
    }

    [Theory]
    [InlineData("""["http://a.example","*"]""")]
    [InlineData("http://a.example,*")]
    [InlineData("http://a.example *")]
    public void Origins_may_be_a_JSON_array_or_words(string value)
    {
        _rig.Environment["CORS_ORIGINS"] = value;

        Assert.Equal(["http://a.example", "*"], _rig.Read().Options.CorsOrigins);
    }

    [Fact]
    public void The_status_page_is_off_until_a_tag_is_named_and_a_tag_named_twice_counts_once()
    {
        Assert.False(_rig.Read().Options.Status.IsOn);

        _rig.Environment["BEACON_STATUS_PAGE"] = "[\"a,b\",\"c\",\"c\"]";
        Assert.Equal(["a,b", "c"], _rig.Read().Options.Status.Tags);
    }

    [Fact]
    public void A_file_may_hold_arrays_numbers_switches_and_comments()
    {
        _rig.WithFile(_directory, """{ /* lab */ "mdns": false, "port": 81, "mdns_interface": ["eth0", "eth1"], }""");

        var (options, problems) = _rig.Read();

        Assert.Empty(problems);
        Assert.False(options.MdnsEnabled);
        Assert.Equal(81, options.Port);
        Assert.Equal(["eth0", "eth1"], options.MdnsInterfaces);
    }

    [Theory]
    [InlineData("{ \"port\": ", "is not valid JSON")]
    [InlineData("[]", "one JSON object")]
    [InlineData("{ \"port\": {} }", "must be a string, a number")]
    public void A_broken_file_is_a_problem_not_a_crash(string json, string problem)
    {
        _rig.WithFile(_directory, json);

        Assert.Contains(problem, Assert.Single(_rig.Read().Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_another_encoding_is_a_problem_and_a_byte_order_mark_is_none()
    {
        _rig.WithFile(_directory, "");
        File.WriteAllBytes(_rig.File!, Encoding.Latin1.GetBytes("{\"mdns_instance\":\"K\u00fcche\"}"));
        Assert.Contains("UTF-8", Assert.Single(_rig.Read().Problems), StringComparison.Ordinal);

        File.WriteAllBytes(_rig.File!, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes("{\"mdns_instance\":\"K\u00fcche\"}")]);
        Assert.Equal("K\u00fcche", _rig.Read().Options.MdnsInstance);
        Assert.Empty(_rig.Read().Problems);
    }

    [Fact]
    public void A_file_that_was_named_must_exist_and_the_usual_ones_need_not()
    {
        Assert.Empty(_rig.Read().Problems);

        _rig.File = Path.Combine(_directory, "missing.json");
        Assert.Contains("missing.json", Assert.Single(_rig.Read().Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_the_data_directory_is_found_without_being_named()
    {
        _rig.Options["data-dir"] = _directory;
        File.WriteAllText(Path.Combine(_directory, "beacon.json"), """{ "port": 4711 }""");

        Assert.Equal(4711, _rig.Read().Options.Port);
    }

    [Theory]
    [InlineData("/var/state", "/var/state/beacon")]
    [InlineData("relative", "/people/tester/.local/state/beacon")]
    [InlineData("", "/people/tester/.local/state/beacon")]
    public void Without_a_data_directory_the_users_state_directory_is_used(string state, string expected)
    {
        Assert.SkipWhen(Directory.Exists(DataDirectory.Container), "a container's data directory exists on this machine");
        _rig.Environment["XDG_STATE_HOME"] = state;

        Assert.Equal(expected, _rig.Read().Options.DataDirectory);
    }

    [Fact]
    public void Variables_of_the_earlier_implementation_and_misspelt_ones_are_warned_of()
    {
        _rig.Environment["LOG_FILE"] = "/app/logs/beacon.log";
        _rig.Environment["BEACON_PROT"] = "80";
        _rig.Environment["BEACON_URL"] = "http://x";

        var warnings = _rig.Gather().Warnings;

        Assert.Equal(2, warnings.Count);
        Assert.Contains("LOG_FILE has no effect any more: logs go to standard output", warnings);
        Assert.Contains("BEACON_PROT is not a setting; did you mean BEACON_PORT?", warnings);
    }

    [Fact]
    public void LOG_LEVEL_is_the_second_name_of_BEACON_LOG_LEVEL_and_yields_to_it()
    {
        _rig.Environment["LOG_LEVEL"] = "DEBUG";
        _rig.Environment["BEACON_LOG_LEVEL"] = "";
        Assert.Equal(LogLevel.Debug, _rig.Read().Options.LogLevel);

        _rig.Environment["BEACON_LOG_LEVEL"] = "ERROR";
        Assert.Equal(LogLevel.Error, _rig.Read().Options.LogLevel);
    }

    private (string Shown, string Problems) Shown(string variable)
    {
        var (options, problems) = _rig.Read();
        object? value = variable switch
        {
            "BEACON_HOST" => options.Host ?? IPAddress.Any,
            "BEACON_PORT" => options.Port,
            "API_PREFIX" => options.ApiPrefix,
            "BEACON_DATA_DIR" => options.DataDirectory,
            "BEACON_DEFAULT_TTL" => options.DefaultTtlSeconds,
            "BEACON_TTL_CLEANUP_INTERVAL" => options.CleanUpInterval,
            "BEACON_EXPIRED_RETENTION" => options.ExpiredRetention,
            "BEACON_MAX_SERVICES" => options.MaxServices,
            "CORS_ORIGINS" => string.Join(' ', options.CorsOrigins),
            "BEACON_MDNS" => options.MdnsEnabled,
            "MDNS_INTERFACE" => string.Join(' ', options.MdnsInterfaces ?? []),
            "MDNS_DOMAIN" => options.MdnsDomain,
            "BEACON_MDNS_HOSTNAME" => options.MdnsHostName,
            "BEACON_MDNS_INSTANCE" => options.MdnsInstance,
            "BEACON_MDNS_ANSWER_LIMIT" => $"{options.MdnsAnswerLimit}",
            "BEACON_UNHEALTHY_MDNS" => $"{options.UnhealthyMdns}",
            "BEACON_MAINTENANCE_MDNS" => $"{options.MaintenanceMdns}",
            "BEACON_HEALTH_CONCURRENCY" => $"{options.HealthConcurrency}",
            "BEACON_HEALTH_ALLOW" => string.Join(' ', options.HealthAllow),
            "BEACON_CHECKED_RETENTION" => $"{options.CheckedRetention}",
            "BEACON_METRICS_SERVICES" => options.MetricsServices,
            "BEACON_MONGODB_URL" => $"{options.Mongo} {options.MongoDatabase}",
            "DATABASE_NAME" => options.MongoDatabase,
            "SERVICES_COLLECTION" => options.ServicesCollection,
            "HEALTH_CHECKS_COLLECTION" => options.HealthChecksCollection,
            "BEACON_HEALTH_RAW" => options.History.RawHours,
            "BEACON_HEALTH_MINUTES" => options.History.MinuteDays,
            "BEACON_HEALTH_HOURS" => options.History.HourDays,
            "BEACON_HEALTH_DAYS" => options.History.DayDays,
            "BEACON_EVENTS_DAYS" => options.Events.Days,
            "BEACON_STATUS_PAGE" => string.Join('|', options.Status.Tags),
            "BEACON_STATUS_TITLE" => options.Status.Title,
            "BEACON_MONGODB_CA_FILE" => options.MongoAuthorityFile ?? "",
            "BEACON_LOG_LEVEL" => options.LogLevel,
            "LOG_FORMAT" => options.LogForm,
            _ => null,
        };
        return (value?.ToString() ?? "", string.Join('\n', problems));
    }
}
