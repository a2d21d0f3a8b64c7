using Beacon.Aot.Cli;

return (int)await Commands.RunAsync(args);
