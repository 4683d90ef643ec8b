using Clientele.Models;
using Clientele.Problems;
using Clientele.Registry;
using Clientele.Server.Access;
using Clientele.Server.Json;
using Clientele.Server.Models;
using Clientele.Server.Operations;
using Clientele.Server.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Clientele.Server;

/// <summary>The service at work: it answers from <see cref="Start"/> until it is disposed of.</summary>
public sealed class Service : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ServedModels models;

    private Service(WebApplication app, ServedModels models) => (this.app, this.models) = (app, models);

    /// <summary>Where it listens.</summary>
    public IReadOnlyList<Uri> Addresses => [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))];

    /// <summary>The version that answers.</summary>
    public ModelVersion Model => models.Current.Version;

    /// <summary>Patterns of all end points.</summary>
    internal IReadOnlyList<string> Routes => [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText!).Distinct()];

    /// <summary>Loads the champion, then listens.</summary>
    /// <exception cref="ProblemException"><c>models/*</c>: there is no sound model; <c>serve/address</c>: it cannot listen there.</exception>
    public static async Task<Service> Start(ServeOptions options, TimeProvider clock, CancellationToken cancel = default)
    {
        // Neither needs the other until they meet, and each takes a while: on two cores they take it at once.
        var hosting = Task.Run(() => Host(options, clock), cancel);
        var models = await ServedModels.Open(options, clock, cancel);
        try
        {
            var builder = await hosting;
            await Protection.Add(builder, options, models, clock, cancel);
            builder.Services.AddSingleton(models);
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

    // All of the host that does not depend on the workspace. It starts from nothing: what it reads, listens with and logs to is said here.
    private static WebApplicationBuilder Host(ServeOptions options, TimeProvider clock)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        // Nothing but what was asked for counts: the environment must not add an address.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        Logs.Set(builder.Logging);
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore().Configure<HostOptions>(host => host.ShutdownTimeout = options.Drain)
            .ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, AnswerJson.Default))
            .AddSingleton(options).AddSingleton(clock).AddSingleton<Leaving>().AddSingleton<IHostLifetime, Uninvited>()
            .AddHostedService<ChampionWatch>().AddSingleton<PromotionAlerts>().AddHostedService(services => services.GetRequiredService<PromotionAlerts>());
        if (options.Scheduler.Count > 0)
            builder.Services.AddSingleton<SchedulerFigures>().AddHostedService<SchedulerProcess>();
        Endpoints.AddServices(builder.Services);
        ModelBundle.WarmUp();
        return builder;
    }

    /// <summary>Methods and paths that it answers.</summary>
    internal IEnumerable<string> RoutesWithMethods => RoutesThat(_ => true);

    /// <summary>Those that say nothing of whom they need.</summary>
    internal IEnumerable<string> RoutesWithoutRule => RoutesThat(route => route.Metadata.GetMetadata<AccessRule>() is null);

    private IEnumerable<string> RoutesThat(Func<RouteEndpoint, bool> isWanted) =>
        from route in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(isWanted)
        from method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        select $"{method} /{route.RoutePattern.RawText?.TrimStart('/')}";

    /// <summary>Answers until told to stop; returns when every request under way has its answer.</summary>
    /// <param name="stop">Tells it to.</param>
    public async Task Run(CancellationToken stop)
    {
        var told = new TaskCompletionSource();
        await using (stop.Register(told.SetResult))
            await told.Task;
        app.Services.GetRequiredService<Leaving>().Begin();
        var notice = app.Services.GetRequiredService<ServeOptions>().Notice ?? TimeSpan.FromSeconds(models.Settings.LeaveSeconds);
        await Task.Delay(notice, app.Services.GetRequiredService<TimeProvider>(), CancellationToken.None);
        await app.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        await models.DisposeAsync();
    }
}

/// <summary>Signals are the command line's business; the host leaves them alone.</summary>
internal sealed class Uninvited : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
