package io.dokploy.builder.dockerfile;

import io.dokploy.api.error.Problems;
import io.dokploy.api.value.SettingsReader;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.PluginContext;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy the steps of a build use.
 *
 * @param kind      whose
 * @param address   of a given one
 * @param exceptFor names that a given one is not used for
 */
record BuildProxy(Kind kind, @Nullable URI address, List<String> exceptFor) {

    enum Kind {
        HOST,
        GIVEN,
        NONE
    }

    BuildProxy {
        exceptFor = List.copyOf(exceptFor);
    }

    static BuildProxy ofHost() {
        return new BuildProxy(Kind.HOST, null, List.of());
    }

    static BuildProxy of(URI address, List<String> exceptFor) {
        return new BuildProxy(Kind.GIVEN, address, exceptFor);
    }

    static BuildProxy none() {
        return new BuildProxy(Kind.NONE, null, List.of());
    }

    static BuildProxy read(SettingsReader reader) {
        boolean without = reader.flag("withoutProxy").orElse(false);
        var exceptFor = reader.texts("noProxy");
        Optional<String> address = reader.text("proxy");
        if (without) {
            return none();
        }
        return address.map(text -> of(uri(text), exceptFor)).orElseGet(BuildProxy::ofHost);
    }

    void write(Tree.BranchBuilder values) {
        switch (kind) {
            case NONE -> values.put("withoutProxy", true);
            case GIVEN -> values.put("proxy", String.valueOf(address)).put("noProxy", exceptFor);
            case HOST -> {}
        }
    }

    void check(Problems problems) {
        if (address == null) {
            return;
        }
        problems.require(
                Set.of("http", "https").contains(String.valueOf(address.getScheme())) && address.getHost() != null,
                "proxy",
                "must be an address such as http://proxy.example.com:3128");
        problems.require(
                address.getRawUserInfo() == null,
                "proxy",
                "must not hold a password: arguments of a build can be read by anybody on the machine");
        problems.require(
                exceptFor.stream().allMatch(name -> name.matches("[A-Za-z0-9.:*/_-]+")),
                "noProxy",
                "must be host names or addresses");
    }

    /** The predefined build arguments, both spellings since programs differ. */
    Map<String, String> arguments(PluginContext context) {
        var arguments = new TreeMap<String, String>();
        if (kind == Kind.GIVEN) {
            put(arguments, "HTTP_PROXY", String.valueOf(address));
            put(arguments, "HTTPS_PROXY", String.valueOf(address));
            if (!exceptFor.isEmpty()) {
                put(arguments, "NO_PROXY", String.join(",", exceptFor));
            }
        } else if (kind == Kind.HOST) {
            context.http().proxy().ifPresent(selector -> {
                ofHost(selector, "http", context).ifPresent(proxy -> put(arguments, "HTTP_PROXY", proxy));
                ofHost(selector, "https", context).ifPresent(proxy -> put(arguments, "HTTPS_PROXY", proxy));
            });
        }
        return arguments;
    }

    private static Optional<String> ofHost(ProxySelector selector, String scheme, PluginContext context) {
        return selector.select(URI.create(scheme + "://registry.example.com/")).stream()
                .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
                .map(proxy -> (InetSocketAddress) proxy.address())
                .filter(address -> reachable(address, context))
                .map(address -> "http://" + address.getHostString() + ":" + address.getPort())
                .findFirst();
    }

    private static boolean reachable(InetSocketAddress proxy, PluginContext context) {
        boolean loopback = proxy.getHostString().equals("localhost")
                || (proxy.getAddress() != null && proxy.getAddress().isLoopbackAddress());
        if (loopback) {
            context.progress()
                    .line("The host's proxy " + proxy.getHostString() + ":" + proxy.getPort()
                            + " listens on loopback only, which a build cannot reach: it is not used");
        }
        return !loopback;
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            return URI.create("");
        }
    }

    private static void put(Map<String, String> arguments, String name, String value) {
        arguments.put(name, value);
        arguments.put(name.toLowerCase(Locale.ROOT), value);
    }
}
