package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.HttpHealthCheck;
import io.dokploy.api.route.Domain;
import io.dokploy.api.source.ArchiveSource;
import io.dokploy.api.source.DirectorySource;
import io.dokploy.api.source.Source;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.api.value.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories and archives with a real engine: what is built again and what is not, and what arrives in the container. */
class SourcesIT {

    private static final List<String> VALUES = List.of(
            "plain",
            "",
            " with spaces ",
            "two\nlines\n",
            "tab\tand\rreturn",
            "\"double\" 'single' `back`",
            "$HOME ${PATH} $(id) $$",
            "back\\slash \\n \\\"",
            "{{ env \"PATH\" }} {{.}}",
            "${ {project.X}} %s %d 100%",
            "a=b=c; rm -rf / # no comment",
            "größe 日本語 🚀",
            "x".repeat(20_000));

    @TempDir
    static Path directory;

    private static Site site;

    @BeforeAll
    static void open() throws Exception {
        site = new Site(directory.resolve("site"));
        Files.createDirectories(directory.resolve("work"));
        Files.writeString(directory.resolve("work/Dockerfile"), """
                FROM dokploy/testapp:1
                ARG GIVEN
                ENV FROM_ARGUMENT="$GIVEN"
                RUN --mount=type=secret,id=KEY test -n "$(cat /run/secrets/KEY 2>/dev/null)" || true
                """);
    }

    @AfterAll
    static void close() {
        site.close();
    }

    private static ApplicationSpec.Builder app(String name, Source source) {
        return ApplicationSpec.named(name)
                .source(source)
                .domain(Domain.of(name + ".localhost").port(3000))
                .health(HttpHealthCheck.get("/healthz"));
    }

    private static Source work() {
        return DirectorySource.of(directory.resolve("work"));
    }

    @Test
    void anyValueArrivesInTheContainerAsItIs() throws Exception {
        Map<String, EnvironmentValue> variables = new LinkedHashMap<>();
        for (int i = 0; i < VALUES.size(); i++) {
            variables.put("V" + i, i % 2 == 0 ? EnvironmentValue.plain(VALUES.get(i)) : Secret.of(VALUES.get(i)));
        }
        variables.put("REFERS", EnvironmentValue.plain("<${{V6}}|${{V8}}>"));
        String argument = "two\nlines \"double\" 'single' $HOME ${PATH} back\\slash {{.}} 🚀";
        site.applications()
                .create(app("values", work())
                        .environment(variables)
                        .buildArg("GIVEN", argument)
                        .build());
        site.applications().deploy("values").await(Site.PATIENCE);

        Map<String, String> seen = environmentOfTheProcess();
        for (int i = 0; i < VALUES.size(); i++) {
            assertThat(seen).containsEntry("V" + i, VALUES.get(i));
        }
        assertThat(seen)
                .containsEntry("REFERS", "<" + VALUES.get(6) + "|" + VALUES.get(8) + ">")
                .containsEntry("FROM_ARGUMENT", argument);
    }

    private static Map<String, String> environmentOfTheProcess() throws IOException {
        Map<String, String> environment = new LinkedHashMap<>();
        try (var exec = site.applications().exec("values", ExecRequest.of("cat", "/proc/1/environ"))) {
            String all = new String(exec.stdout().readAllBytes(), StandardCharsets.UTF_8);
            for (String variable : all.split("\0")) {
                environment.put(variable.split("=", 2)[0], variable.split("=", 2)[1]);
            }
        }
        return environment;
    }

    @Test
    void theSameFilesAreNotBuiltAgainWhereverTheyAreFrom() throws Exception {
        site.applications()
                .create(app("files", work())
                        .buildSecret("KEY", Secret.of("first-key"))
                        .build());
        assertThat(deploy()).anyMatch(line -> line.startsWith("Building "));
        assertThat(deploy()).noneMatch(line -> line.startsWith("Building "));

        Path archive = directory.resolve("work.tar");
        var tar = new ProcessBuilder("tar", "-cf", archive.toString(), "-C", directory.toString(), "work").start();
        assertThat(tar.waitFor()).isZero();
        change(spec -> spec.source(ArchiveSource.of(archive)).env("ANOTHER", "setting"));
        assertThat(deploy()).noneMatch(line -> line.startsWith("Building "));

        change(spec -> spec.buildSecret("KEY", Secret.of("second-key")));
        assertThat(deploy()).anyMatch(line -> line.startsWith("Building "));
        change(spec -> spec.buildSecret("KEY", Secret.of("first-key")));
        assertThat(deploy()).noneMatch(line -> line.startsWith("Building "));

        change(spec -> spec.buildArg("GIVEN", "x"));
        assertThat(deploy()).anyMatch(line -> line.startsWith("Building ")).noneMatch(line -> line.contains("-key"));
        assertThat(Site.docker("ps", "--format", "{{.Labels}}", "--no-trunc"))
                .doesNotContain("first-key", "second-key");
    }

    private static List<String> deploy() {
        var operation = site.applications().deploy("files");
        operation.await(Site.PATIENCE);
        return operation.log().lines();
    }

    private static void change(UnaryOperator<ApplicationSpec.Builder> change) {
        var application = site.applications().get("files");
        site.applications()
                .update(
                        "files",
                        application.version(),
                        change.apply(application.spec().toBuilder()).build());
    }
}
