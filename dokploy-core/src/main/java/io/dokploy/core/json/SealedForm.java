package io.dokploy.core.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.dokploy.api.application.HealthCheck;
import io.dokploy.api.application.HttpHealthCheck;
import io.dokploy.api.application.Mount;
import io.dokploy.api.application.Rollout;
import io.dokploy.api.route.Tls;
import io.dokploy.api.source.ArchiveSource;
import io.dokploy.api.source.DirectorySource;
import io.dokploy.api.source.GitCredentials;
import io.dokploy.api.source.GitSource;
import io.dokploy.api.source.ImageSource;
import io.dokploy.api.source.Source;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;

/** Values of which there are several kinds: the member {@code kind} says which. */
final class SealedForm {

    private static final Map<Class<?>, String> KINDS = Map.ofEntries(
            Map.entry(GitSource.class, "git"),
            Map.entry(ImageSource.class, "image"),
            Map.entry(DirectorySource.class, "directory"),
            Map.entry(ArchiveSource.class, "archive"),
            Map.entry(GitCredentials.Basic.class, "basic"),
            Map.entry(GitCredentials.SshKey.class, "ssh-key"),
            Map.entry(HttpHealthCheck.class, "http"),
            Map.entry(HealthCheck.Tcp.class, "tcp"),
            Map.entry(HealthCheck.Command.class, "command"),
            Map.entry(HealthCheck.Image.class, "image"),
            Map.entry(HealthCheck.Settle.class, "settle"),
            Map.entry(Mount.Volume.class, "volume"),
            Map.entry(Mount.Bind.class, "bind"),
            Map.entry(Mount.File.class, "file"),
            Map.entry(Rollout.BlueGreen.class, "blue-green"),
            Map.entry(Rollout.Recreate.class, "recreate"),
            Map.entry(Rollout.Canary.class, "canary"),
            Map.entry(Tls.None.class, "none"),
            Map.entry(Tls.LetsEncrypt.class, "lets-encrypt"),
            Map.entry(Tls.Resolver.class, "resolver"),
            Map.entry(Tls.Own.class, "own"));

    private SealedForm() {}

    static void addTo(JsonMapper.Builder mapper) {
        for (Class<?> type : new Class<?>[] {
            Source.class, GitCredentials.class, HealthCheck.class, Mount.class, Rollout.class, Tls.class
        }) {
            mapper.addMixIn(type, Kind.class);
        }
        KINDS.forEach((type, kind) -> mapper.registerSubtypes(new NamedType(type, kind)));
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.PROPERTY, property = "kind")
    private interface Kind {}
}
