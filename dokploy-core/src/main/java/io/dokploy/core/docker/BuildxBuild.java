package io.dokploy.core.docker;

import io.dokploy.api.source.RegistryCredentials;
import io.dokploy.api.value.Secret;
import io.dokploy.core.local.LocalProcesses;
import io.dokploy.core.local.LocalWorkspace;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Processes.ProcessCommand;
import io.dokploy.spi.Progress;
import io.dokploy.spi.engine.ImageBuild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A build with BuildKit by the buildx program. Its configuration is private, holds no login, and is gone afterwards. */
final class BuildxBuild {

    private static final Duration LONGEST = Duration.ofHours(6);

    private final Path program;
    private final DockerEndpoint endpoint;
    private final Path workspaces;

    BuildxBuild(Path program, DockerEndpoint endpoint, Path workspaces) {
        this.program = program;
        this.endpoint = endpoint;
        this.workspaces = workspaces;
    }

    String run(ImageBuild build, Progress progress, CancelToken cancelToken) {
        var output = new BuildOutput(build, progress);
        try (var workspace = LocalWorkspace.create(workspaces)) {
            var secrets = new LinkedHashMap<String, Secret>();
            var directory = workspace.directory();
            endpoint.certificates().ifPresent(certificates -> TlsContext.write(directory, endpoint, certificates));
            var path = writeConfiguration(directory, build.credentials(), secrets);
            var iid = directory.resolve("iid");
            var arguments = arguments(build, iid, secrets);
            int exit = new LocalProcesses(cancelToken, output::masked)
                    .run(
                            new ProcessCommand(arguments, environment(directory, path), secrets, directory, LONGEST),
                            output::line);
            cancelToken.throwIfCancelled();
            if (exit != 0) {
                throw output.failed("the build ended with exit code " + exit);
            }
            return Files.readString(iid).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> arguments(ImageBuild build, Path iid, Map<String, Secret> secrets) {
        var arguments = new ArrayList<>(List.of(
                program.toString(),
                "build",
                "--load",
                "--progress=plain",
                "--provenance=false",
                "--iidfile",
                iid.toString(),
                "--tag",
                build.tag(),
                "--file",
                build.dockerfile().toString()));
        build.target().ifPresent(stage -> arguments.addAll(List.of("--target", stage)));
        build.arguments().forEach((name, value) -> arguments.addAll(List.of("--build-arg", name + "=" + value)));
        build.labels().forEach((name, value) -> arguments.addAll(List.of("--label", name + "=" + value)));
        int number = 0;
        for (var secret : build.secrets().entrySet()) {
            var variable = "DOKPLOY_SECRET_" + number++;
            arguments.addAll(List.of("--secret", "id=" + secret.getKey() + ",env=" + variable));
            secrets.put(variable, secret.getValue());
        }
        if (build.noCache()) {
            arguments.add("--no-cache");
        }
        arguments.add(build.context().toString());
        return arguments;
    }

    private Map<String, String> environment(Path directory, String path) {
        var environment = new HashMap<String, String>();
        if (endpoint.certificates().isPresent()) {
            environment.put("DOCKER_CONTEXT", TlsContext.NAME);
        } else {
            environment.put("DOCKER_HOST", endpoint.uri().toString());
        }
        environment.put("DOCKER_CONFIG", directory.toString());
        environment.put("BUILDX_CONFIG", directory.resolve("buildx").toString());
        environment.put("BUILDX_GIT_INFO", "false");
        environment.put("BUILDX_METADATA_PROVENANCE", "disabled");
        environment.put("PATH", path);
        return environment;
    }

    /** For each login a program that reads it from the environment of this one build, as Docker's credential helpers do. */
    private static String writeConfiguration(
            Path directory, List<RegistryCredentials> logins, Map<String, Secret> secrets) throws IOException {
        var path = System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        var config = Json.object();
        var helpers = config.putObject("credHelpers");
        for (int i = 0; i < logins.size(); i++) {
            var login = logins.get(i);
            var host = Images.loginServer(login.host());
            helpers.put(host, "dokploy" + i);
            var helper = directory.resolve("docker-credential-dokploy" + i);
            Files.writeString(helper, "#!/bin/sh\n[ \"$1\" = get ] && printf '%s' \"$DOKPLOY_LOGIN_" + i + "\"\n");
            Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwx------"));
            secrets.put(
                    "DOKPLOY_LOGIN_" + i,
                    Secret.of(Json.object()
                            .put("ServerURL", host)
                            .put("Username", login.username())
                            .put("Secret", login.password().reveal())
                            .toString()));
        }
        Files.writeString(directory.resolve("config.json"), config.toString());
        return directory + ":" + path;
    }
}
