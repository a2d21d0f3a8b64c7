using Beacon.Features.Status;

namespace Beacon.Aot.Status;

/// <summary>How a condition looks: its colour's class in the style sheet, and its sign. Signs differ in shape, not in colour alone.</summary>
internal static class StatusMark
{
    public const string Good = "good";
    public const string Bad = "bad";
    public const string Planned = "plan";
    public const string Idle = "idle";

    /// <summary>Drawn once, referred to by each row.</summary>
    public const string Signs =
        "<svg width=\"0\" height=\"0\" aria-hidden=\"true\">"
        + "<symbol id=\"up\" viewBox=\"0 0 24 24\"><circle cx=\"12\" cy=\"12\" r=\"10\"/><path d=\"m7.5 12.5 3 3 6-7\"/></symbol>"
        + "<symbol id=\"down\" viewBox=\"0 0 24 24\"><path d=\"M8 2h8l6 6v8l-6 6H8l-6-6V8zM9 9l6 6m0-6-6 6\"/></symbol>"
        + "<symbol id=\"expired\" viewBox=\"0 0 24 24\"><path d=\"M12 2.5 23 21.5H1zM12 9.5v5m0 3.5v.1\"/></symbol>"
        + "<symbol id=\"plan\" viewBox=\"0 0 24 24\"><rect x=\"2\" y=\"2\" width=\"20\" height=\"20\" rx=\"4\"/><path d=\"M9.5 8v8m5-8v8\"/></symbol>"
        + "<symbol id=\"unknown\" viewBox=\"0 0 24 24\"><circle cx=\"12\" cy=\"12\" r=\"10\" stroke-dasharray=\"3 4\"/><path d=\"M8 12h8\"/></symbol>"
        + "<symbol id=\"registered\" viewBox=\"0 0 24 24\"><circle cx=\"12\" cy=\"12\" r=\"10\"/><circle cx=\"12\" cy=\"12\" r=\"2\"/></symbol></svg>";

    public static string ClassOf(ServiceCondition condition) => condition switch
    {
        ServiceCondition.Up => Good,
        ServiceCondition.Down or ServiceCondition.Expired => Bad,
        ServiceCondition.Maintenance => Planned,
        _ => Idle,
    };

    public static string Sign(ServiceCondition condition) => condition switch
    {
        ServiceCondition.Up => Use("up"),
        ServiceCondition.Down => Use("down"),
        ServiceCondition.Expired => Use("expired"),
        ServiceCondition.Maintenance => Use("plan"),
        ServiceCondition.Registered => Use("registered"),
        _ => Use("unknown"),
    };

    private static string Use(string sign) => $"<svg class=\"i\" aria-hidden=\"true\"><use href=\"#{sign}\"/></svg>";
}
