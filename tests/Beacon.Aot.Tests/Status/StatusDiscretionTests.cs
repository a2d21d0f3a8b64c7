using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Beacon.Aot.Status;
using Beacon.Registry.Services;

namespace Beacon.Aot.Tests.Status;

/// <summary>What the page does not say, and what it does not let others say.</summary>
public sealed class StatusDiscretionTests
{
    [Fact]
    public async Task Names_are_text_and_nothing_else()
    {
        const string Evil = "<script>alert(1)</script>\\\"'&\u202e";
        await using var rig = await StatusRig.StartAsync(["<b>&\"", "*"], "<i>'\"&</i>");
        var id = await rig.Health.AddAsync(Evil, ",\"tags\":[\"<b>&\\\"\"]");
        await rig.Health.AddAsync(new string('ü', ServiceLimits.MaxName));
        await rig.MaintainAsync(id.ToString(), "</h3><img src=x>");
        await rig.FailAsync(id, "<script>");

        var page = await rig.ReadAsync();

        Assert.DoesNotMatch("<script|<img|<i>|<b>[^0-9–]", page);
        Assert.Contains("<bdi>&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;\u202e</bdi>", page);
        Assert.Contains("<bdi>&lt;/h3&gt;&lt;img src=x&gt;</bdi>", page);
        Assert.Contains("<h2 id=\"g0\"><bdi>&lt;b&gt;&amp;&quot;</bdi></h2>", page);
        Assert.Contains("<h1><bdi>&lt;i&gt;", page);
        Assert.DoesNotMatch("<title>[^<]*<(?!/title)", page);
    }

    [Fact]
    public async Task Nothing_internal_is_revealed_whatever_a_service_and_its_checks_say()
    {
        await using var rig = await StatusRig.StartAsync();
        var reply = await rig.Api.RegisterAsync(
            """
            {"name":"cloud","type":"geheimtype","host":"geheimhost.lan","port":48123,"protocol":"geheimprotocol","tags":["geheimtag"],
             "metadata":{"geheimkey":"geheimvalue"},"ttl":86400,"mdns_txt_records":{"geheimtxt":"geheim"},
             "health_check_url":"https://geheimhost.lan:48123/geheimpath?token=geheimtoken",
             "health_check_headers":{"X-Geheimheader":"geheim"},"health_check_expected_text":"geheimtext"}
            """);
        Assert.Equal(201, reply.Status);
        Assert.True(ServiceId.TryParse(reply.Text("service_id"), out var id));
        string[] causes =
        [
            "the name geheimhost.lan does not resolve", "is redirected to https://geheimhost.lan:48123: cannot be reached",
            "\"geheimtext\" is not in the answer", "$.geheimpath is \"geheim\", expected \"geheimtext\"", "the check may not go to 10.0.0.7: geheim",
            "the URL geheim", "the certificate is for another name geheim", "geheimnothing known",
        ];
        foreach (var cause in causes)
        {
            await rig.FailAsync(id, cause);
            rig.Health.Check(id);
            await rig.Health.PassAsync(11);
        }

        await rig.FailAsync(id, causes[0]);
        foreach (var form in StatusRequest.All)
        {
            var page = await rig.ReadAsync(form.Link.Replace("&amp;", "&", StringComparison.Ordinal));

            Assert.Contains("cloud", page);
            Assert.DoesNotContain("geheim", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("48123", page);
            Assert.DoesNotContain(id.ToString(), page);
            Assert.DoesNotContain("10.0.0.7", page);
            Assert.DoesNotContain("127.0.0.1", page);
            Assert.DoesNotContain("://", page);
        }
    }

    [Fact]
    public async Task The_page_may_use_its_own_style_and_nothing_else()
    {
        await using var rig = await StatusRig.StartAsync();
        await rig.Health.AddAsync("nas");

        var reply = await rig.SendAsync();

        var style = Regex.Match(reply.Body, "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1].Value;
        Assert.Equal(StatusStyle.Hash, "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style))));
        Assert.Equal(
            $"default-src 'none'; style-src '{StatusStyle.Hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            reply.Header("Content-Security-Policy"));
        Assert.DoesNotMatch("<script|<link|<img|<iframe|@import|url\\(| style=| on[a-z]+=", reply.Body);
        Assert.Equal(("60", "nosniff", "no-referrer"), (reply.Header("Refresh"), reply.Header("X-Content-Type-Options"), reply.Header("Referrer-Policy")));
    }
}
