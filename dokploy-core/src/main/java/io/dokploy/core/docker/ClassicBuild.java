package io.dokploy.core.docker;

import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.source.RegistryCredentials;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import io.dokploy.spi.engine.ImageBuild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A build by the engine's own builder (Engine API, "Build an image"), for where there is no buildx. */
final class ClassicBuild {

    private final EngineClient client;

    ClassicBuild(EngineClient client) {
        this.client = client;
    }

    String run(ImageBuild build, Progress progress, CancelToken cancelToken) {
        cancelToken.throwIfCancelled();
        var output = new BuildOutput(build, progress);
        var ids = new ArrayList<String>();
        try {
            ClassicBuildLimits.check(build);
            var context = new BuildContext(build);
            client.eachLine("image " + build.tag(), send(build, context, cancelToken, output), cancelToken, line -> {
                line.path("aux").path("ID").stringValueOpt().ifPresent(ids::add);
                tell(line, output);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (ids.isEmpty()) {
            throw output.failed("the engine named no image at its end");
        }
        return ids.get(ids.size() - 1);
    }

    private EngineResponse send(ImageBuild build, BuildContext context, CancelToken cancelToken, BuildOutput output) {
        try {
            return client.open(
                    "image " + build.tag(), request(build, context).tar(out -> context.writeTo(out, cancelToken)));
        } catch (UserErrorException e) {
            // It did not begin: a Dockerfile that cannot be read, a stage that is not there.
            throw output.failed(e.failure().reason());
        }
    }

    private static EngineRequest request(ImageBuild build, BuildContext context) {
        var request = EngineRequest.post("/build")
                .query("version", "1")
                .query("t", build.tag())
                .query("dockerfile", context.dockerfileName())
                .query("buildargs", Json.texts(build.arguments()).toString())
                .query("labels", Json.texts(build.labels()).toString())
                .query("nocache", build.noCache() ? "1" : "0")
                .query("forcerm", "1")
                .header("X-Registry-Config", logins(build.credentials()));
        return build.target().map(stage -> request.query("target", stage)).orElse(request);
    }

    /** All logins by their hosts; the engine takes those that it needs. They are only in this one request. */
    private static String logins(List<RegistryCredentials> credentials) {
        var logins = Json.object();
        credentials.forEach(login -> logins.set(Images.loginServer(login.host()), Images.login(login)));
        return Images.base64(logins);
    }

    private static void tell(JsonNode line, BuildOutput output) {
        var error = line.path("error").asString("");
        if (!error.isEmpty()) {
            throw output.failed(error);
        }
        line.path("stream").asString("").lines().filter(text -> !text.isBlank()).forEach(output::line);
        Images.status(line).ifPresent(output::line);
    }
}
