using System.Net;
using System.Text;

namespace Beacon.Aot.Status;

/// <summary>A page under construction. What others wrote goes through <see cref="Text"/> or <see cref="Name"/>, always.</summary>
internal sealed class Html
{
    private readonly StringBuilder _page = new();

    /// <summary>Markup, and texts of our own.</summary>
    public Html Raw(string markup)
    {
        _page.Append(markup);
        return this;
    }

    public Html Text(string text)
    {
        _page.Append(WebUtility.HtmlEncode(text));
        return this;
    }

    /// <summary>What somebody else called it: the direction it is written in, and marks that turn it round, end with it.</summary>
    public Html Name(string name) => Raw("<bdi>").Text(name).Raw("</bdi>");

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_page.ToString());
}
