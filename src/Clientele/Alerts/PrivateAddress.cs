using System.Net;
using System.Net.Sockets;

namespace Clientele.Alerts;

/// <summary>Addresses that lead to this machine or its neighbourhood, or nowhere: the special-purpose registries of IANA (RFC 6890).</summary>
internal static class PrivateAddress
{
    private static readonly IPNetwork[] Private =
    [
        .. ((string[])[
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3", "::/127", "100::/64", "2001::/23", "2001:db8::/32", "fc00::/7", "fe80::/10", "ff00::/8",
        ]).Select(IPNetwork.Parse),
    ];

    public static bool Is(IPAddress address) => Private.Any(network => network.Contains(Inner(address)));

    // IPv6 addresses that stand for an IPv4 one: mapped, 64:ff9b::/96 (RFC 6052) and 2002::/16 (RFC 3056).
    private static IPAddress Inner(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
            : bytes.AsSpan(0, 12).SequenceEqual((ReadOnlySpan<byte>)[0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0]) ? new(bytes.AsSpan(12, 4))
            : bytes[0] == 0x20 && bytes[1] == 0x02 ? new(bytes.AsSpan(2, 4))
            : address;
    }
}
