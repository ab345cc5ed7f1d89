package io.dokploy.core.traefik;

import io.dokploy.api.release.ReleaseId;
import io.dokploy.spi.Router.Backend;
import io.dokploy.spi.Router.Published;
import io.dokploy.spi.Router.Routes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The comment at the top of an application's file, which tells what was handed over last.
 *
 * @param instance  whose file it is
 * @param published what is in it
 */
record RouteHeader(String instance, Published published) {

    private static final String FIRST = "# Written by Dokploy for %s; changes made here are lost.\n";
    private static final String MARK = "#: ";

    static RouteHeader of(Routes routes) {
        List<ReleaseId> releases =
                routes.backends().stream().map(Backend::release).toList();
        var published = new Published(routes.application().id().value(), routes.revision(), routes.epoch(), releases);
        return new RouteHeader(routes.application().instance(), published);
    }

    /** The whole file: this header, then the body. */
    String write(String subject, String body) {
        String yaml = new ConfigMap()
                .put("instance", instance)
                .put("application", published.applicationId())
                .put("revision", published.revision())
                .put("epoch", published.epoch())
                .put(
                        "releases",
                        published.releases().stream().map(ReleaseId::value).collect(Collectors.joining(" ")))
                .put("digest", Names.digest(body))
                .toYaml();
        return FIRST.formatted(subject)
                + yaml.lines().map(line -> MARK + line + "\n").collect(Collectors.joining())
                + body;
    }

    /** Reads it back; empty if this is not a file of ours. */
    static Optional<RouteHeader> read(String file) {
        var yaml = new StringBuilder();
        int body = 0;
        for (String line : file.lines().takeWhile(text -> text.startsWith("#")).toList()) {
            body += line.length() + 1;
            if (line.startsWith(MARK)) {
                yaml.append(line.substring(MARK.length())).append('\n');
            }
        }
        return parse(yaml.toString(), file.substring(Math.min(body, file.length())));
    }

    private static Optional<RouteHeader> parse(String yaml, String body) {
        try {
            if (!(new Load(LoadSettings.builder().build()).loadFromString(yaml) instanceof Map<?, ?> values)) {
                return Optional.empty();
            }
            List<ReleaseId> releases = List.of(text(values, "releases").split(" ")).stream()
                    .filter(id -> !id.isEmpty())
                    .map(ReleaseId::new)
                    .toList();
            return Optional.of(new RouteHeader(
                    text(values, "instance"),
                    new Published(
                            text(values, "application"),
                            Long.parseLong(text(values, "revision")),
                            Long.parseLong(text(values, "epoch")),
                            releases,
                            text(values, "digest").equals(Names.digest(body)))));
        } catch (YamlEngineException | IllegalArgumentException e) {
            return Optional.empty(); // somebody else's comment
        }
    }

    private static String text(Map<?, ?> values, String key) {
        if (values.get(key) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(key + " is missing");
    }
}
