using GraphOrder.Cli;

return GraphOrderCommandLine.Run(args);
