package io.dokploy.core.traefik;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file that belongs to no application: the route to Traefik's API, and with it the key of the private routes. */
final class OwnFile {

    private static final Pattern KEY =
            Pattern.compile("Header\\(`" + PrivateRoutes.KEY_HEADER + "`, `([0-9a-f]{32})`\\)");
    private static final int KEY_BYTES = 16;

    private final RouteFolder folder;
    private final String name;
    private final String entryPoint;

    OwnFile(RouteFolder folder, String instance, String entryPoint) {
        this.folder = folder;
        this.name = Names.prefix(instance);
        this.entryPoint = entryPoint;
    }

    /** Writes it unless it is there; the key in it stays. */
    PrivateRoutes ensure(SecureRandom random) {
        return folder.locked(name, () -> {
            String key = folder.read(name).flatMap(OwnFile::key).orElseGet(() -> newKey(random));
            var routes = new PrivateRoutes(entryPoint, key);
            var document = ConfigMap.of("http", ConfigMap.of("routers", ConfigMap.of(name + "api", routes.api())));
            folder.write(name, "# Written by Dokploy; changes made here are lost.\n" + document.toYaml());
            return routes;
        });
    }

    private static Optional<String> key(String text) {
        Matcher matcher = KEY.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static String newKey(SecureRandom random) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
