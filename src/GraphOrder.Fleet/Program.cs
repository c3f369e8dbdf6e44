using GraphOrder.Fleet;

return await FleetCommandLine.RunAsync(args);
