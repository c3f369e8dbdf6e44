// A host agent: it keeps the graph of its guests, and answers over a Unix socket whoever wants to know in
// which order they may be finished. Run it as: HostAgent --socket PATH [--model OLD:NEW]
using HostAgent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddGraphOrder(options => options.Model = builder.Configuration["model"]);
builder.Services.AddHostedService<Guests>();
builder.Services.AddGraphOrderServer(options => options.SocketPath = builder.Configuration["socket"]);
await builder.Build().RunAsync();
