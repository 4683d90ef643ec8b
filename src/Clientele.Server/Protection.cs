using Clientele.Server.Access;
using Clientele.Server.Limits;
using Clientele.Server.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Clientele.Server;

/// <summary>What stands between the service and everybody else. See docs/guide/serving-safely.md.</summary>
internal static class Protection
{
    /// <exception cref="Problems.ProblemException"><c>serve/keys</c>: it may not listen there; <c>serve/address</c>; the settings are wrong.</exception>
    public static async Task Add(WebApplicationBuilder builder, ServeOptions options, ServedModels models, TimeProvider clock, CancellationToken cancel)
    {
        var settings = models.Settings;
        var keys = await models.Store.Keys.Ring(cancel);
        ListeningRule.Check(options.Urls, keys.HasGood(clock.GetUtcNow()));
        builder.WebHost.UseUrls(options.Urls).ConfigureKestrel(kestrel => ConnectionLimits.Set(kestrel, settings));
        builder.Services.AddSingleton(settings).AddSingleton<WaitingBodies>()
            .AddSingleton(new HostRule([.. settings.Hosts, .. ListeningRule.NamesIn(options.Urls)]))
            .AddSingleton(_ => new Callers(keys, settings, clock))
            .AddSingleton(models.Log)
            .AddHostedService<KeyWatch>();
    }
}
