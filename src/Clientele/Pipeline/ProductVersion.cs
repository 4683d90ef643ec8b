using System.Reflection;

namespace Clientele.Pipeline;

/// <summary>The version of Clientele that is at work.</summary>
public static class ProductVersion
{
    public static string Text { get; } = typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
