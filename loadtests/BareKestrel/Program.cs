// The machine's own ceiling: the smallest native ASP.NET program that answers anything. Beacon's figures are ratios to this one.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
var app = builder.Build();

// As long as the answer to a heartbeat.
var constant = new byte[205];
Array.Fill(constant, (byte)'x');
app.MapPut("/{id}", (string id) => Results.Bytes(constant, "text/plain"));
app.MapGet("/", () => Results.Bytes(constant, "text/plain"));
app.Run();
