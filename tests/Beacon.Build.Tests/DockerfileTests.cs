using System.Text.RegularExpressions;
using Beacon.Build.Tests.Support;

namespace Beacon.Build.Tests;

/// <summary>Dockerfile is built and run by the test verb; Dockerfile.alpine cannot be, so what can be said of it without is said here.</summary>
public partial class DockerfileTests
{
    private const string Default = "Dockerfile";
    private const string Alpine = "Dockerfile.alpine";

    /// <summary>What the person who runs the image meets.</summary>
    private static readonly string[] SeenFromOutside = ["ENV", "WORKDIR", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD", "LABEL"];

    [Fact]
    public void Both_images_look_the_same_from_outside()
    {
        var expected = LastStage(Default).Where(line => SeenFromOutside.Contains(Word(line))).ToList();
        var actual = LastStage(Alpine).Where(line => SeenFromOutside.Contains(Word(line))).ToList();

        Assert.Equal(SeenFromOutside.Order(), expected.Select(Word).Distinct().Order());
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData(Default)]
    [InlineData(Alpine)]
    public void It_runs_as_an_ordinary_user_and_keeps_its_data_in_the_volume(string file)
    {
        var last = LastStage(file);

        Assert.Contains("USER 1000:1000", last);
        Assert.Contains("VOLUME /app/data", last);
        Assert.Contains("ENV BEACON_DATA_DIR=/app/data", last);
        Assert.Contains("HEALTHCHECK --interval=30s --timeout=3s --start-period=10s CMD [\"/beacon\", \"healthcheck\"]", last);
        Assert.DoesNotContain(last.SkipWhile(line => Word(line) != "USER"), line => Word(line) == "RUN");
    }

    [Theory]
    [InlineData(Default)]
    [InlineData(Alpine)]
    public void It_says_the_version_that_is_built(string file)
    {
        var version = VersionElement().Match(Repository.Read("Directory.Build.props")).Groups["version"].Value;

        Assert.Contains($"ARG VERSION={version}", Instructions(file));
    }

    [Theory]
    [InlineData("title")]
    [InlineData("description")]
    [InlineData("source")]
    [InlineData("licenses")]
    [InlineData("version")]
    [InlineData("revision")]
    [InlineData("created")]
    public void It_carries_the_label(string name) =>
        Assert.Contains($"org.opencontainers.image.{name}=", Assert.Single(Instructions(Default), line => Word(line) == "LABEL"));

    [Fact]
    public void Every_base_has_its_version()
    {
        var bases = Instructions(Alpine).Where(line => Word(line) == "FROM").Select(line => Base().Match(line).Groups["image"].Value).ToList();

        Assert.Equal(3, bases.Count);
        Assert.All(bases, image => Assert.Matches(@":\d+\.\d+", image));
        Assert.Equal("FROM scratch", Assert.Single(Instructions(Default), line => Word(line) == "FROM"));
    }

    [Fact]
    public void The_SDK_of_the_Alpine_image_is_one_that_the_sources_accept()
    {
        var wanted = SdkVersion().Match(Repository.Read("global.json")).Groups["version"].Value;
        var taken = SdkImage().Match(Repository.Read(Alpine)).Groups["version"].Value;

        Assert.True(Version.Parse(taken) >= Version.Parse(wanted), $"{taken} is older than {wanted}");
    }

    [Fact]
    public void Everything_that_is_copied_from_the_sources_is_there_and_passes_the_ignore_file()
    {
        var let = Repository.Read(".dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();
        var copied = Instructions(Alpine).Where(line => Word(line) == "COPY" && !line.Contains("--from", StringComparison.Ordinal)).SelectMany(Sources).ToList();

        Assert.NotEmpty(copied);
        Assert.All(copied, path =>
        {
            Assert.True(Path.Exists(Path.Combine(Repository.Root, path)), path);
            Assert.Contains(let, pattern => path == pattern || path.StartsWith(pattern + "/", StringComparison.Ordinal) || Matches(pattern, path));
        });
    }

    [Fact]
    public void What_the_default_image_is_made_of_is_what_its_step_makes()
    {
        var step = Repository.Read("eng/image-root.sh");
        var ignore = Repository.Read(".dockerignore");

        Assert.All(["base.tar", "beacon"], file =>
        {
            Assert.Contains(Instructions(Default), line => line.Contains($"artifacts/image/${{TARGETARCH}}/{file} ", StringComparison.Ordinal));
            Assert.Contains($"\"$work/{file}\"", step);
            Assert.Contains($"!artifacts/image/*/{file}\n", ignore);
        });
    }

    [Fact]
    public void What_was_never_built_says_so() => Assert.Contains("NOT BUILT AS A WHOLE BY ITS AUTHORS", Repository.Read(Alpine).Split("FROM ")[0]);

    private static bool Matches(string pattern, string path) =>
        Regex.IsMatch(path, $"^{Regex.Escape(pattern).Replace("\\*", "[^/]*", StringComparison.Ordinal)}$");

    private static IEnumerable<string> Sources(string copy) => copy.Split(' ')[1..^1].Where(word => !word.StartsWith("--", StringComparison.Ordinal));

    private static string Word(string line) => line.Split(' ')[0];

    private static List<string> LastStage(string file)
    {
        var lines = Instructions(file);
        return lines[lines.FindLastIndex(line => Word(line) == "FROM")..];
    }

    /// <summary>One line each: without comments, with continued lines joined.</summary>
    private static List<string> Instructions(string file) =>
        [.. Continued().Replace(Repository.Read(file), " ").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];

    [GeneratedRegex(@"\\\n\s*")]
    private static partial Regex Continued();

    [GeneratedRegex(@"^FROM (--platform=\S+ )?(?<image>\S+)")]
    private static partial Regex Base();

    [GeneratedRegex("<Version>(?<version>[^<]+)</Version>")]
    private static partial Regex VersionElement();

    [GeneratedRegex("\"version\": \"(?<version>[0-9.]+)\"")]
    private static partial Regex SdkVersion();

    [GeneratedRegex(@"dotnet/sdk:(?<version>\d+\.\d+\.\d+)-alpine")]
    private static partial Regex SdkImage();
}
