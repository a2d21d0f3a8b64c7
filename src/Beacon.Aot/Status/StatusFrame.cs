namespace Beacon.Aot.Status;

/// <summary>What is around every page.</summary>
internal static class StatusFrame
{
    public const string ContentType = "text/html; charset=utf-8";

    public static void Begin(Html html, StatusTexts texts, string description, string title) => html
        .Raw($"<!DOCTYPE html><html lang=\"{texts.Code}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        .Raw("<meta name=\"color-scheme\" content=\"light dark\"><meta name=\"robots\" content=\"noindex\"><meta name=\"description\" content=\"")
        .Text(description)
        .Raw("\"><title>")
        .Text(title)
        .Raw($"</title><style>{StatusStyle.Text}</style></head><body>");

    public static byte[] End(Html html) => html.Raw("</body></html>").ToBytes();

    /// <summary>The page that is there when there is none.</summary>
    public static byte[] Off(StatusTexts texts)
    {
        var html = new Html();
        Begin(html, texts, texts.OffTitle, texts.OffTitle);
        html.Raw($"<main><section><h1>{texts.OffTitle}</h1><p>{texts.OffText}</p></section></main>");
        return End(html);
    }
}
