using Clientele.Problems;
using Clientele.Server.Json;
using Clientele.Server.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Clientele.Server;

/// <summary>The service at work: it answers from <see cref="Start"/> until it is disposed of.</summary>
public sealed class Service : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ServedModels models;

    private Service(WebApplication app, ServedModels models) => (this.app, this.models) = (app, models);

    /// <summary>Where it listens.</summary>
    public IReadOnlyList<Uri> Addresses => [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))];

    /// <summary>The name and version of the model that answers.</summary>
    public string Model => $"{models.Current.Version.Model} {models.Current.Version.Version}";

    /// <summary>Loads the champion, then listens.</summary>
    /// <exception cref="ProblemException"><c>models/*</c>: there is no sound model; <c>serve/address</c>: it cannot listen there.</exception>
    public static async Task<Service> Start(ServeOptions options, TimeProvider clock, CancellationToken cancel = default)
    {
        var models = await ServedModels.Open(options, clock, cancel);
        try
        {
            var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
            builder.Logging.ClearProviders();
            await Protection.Add(builder, options, models, clock, cancel);
            builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Drain);
            builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, AnswerJson.Default));
            builder.Services.AddSingleton(options).AddSingleton(clock).AddSingleton(models);
            builder.Services.AddHostedService<ChampionWatch>();
            Endpoints.AddServices(builder.Services);
            var app = builder.Build();
            Middleware.Use(app);
            Endpoints.Map(app);
            await app.StartAsync(cancel);
            return new(app, models);
        }
        catch (Exception wrong) when (wrong is IOException or FormatException or UriFormatException or InvalidOperationException { InnerException: null, Source: "Microsoft.AspNetCore.Server.Kestrel.Core" })
        {
            await models.DisposeAsync();
            throw new ProblemException(new("serve/address", $"It is not possible to listen at {options.Urls}: {wrong.Message}", "Stop what listens there, or choose another address: --urls http://127.0.0.1:8081."), wrong);
        }
        catch
        {
            await models.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when the service was told to stop and every request under way has its answer.</summary>
    public Task Stopped(CancellationToken cancel = default) => app.WaitForShutdownAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await models.DisposeAsync();
    }
}
