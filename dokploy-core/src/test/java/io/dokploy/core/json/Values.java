package io.dokploy.core.json;

import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.HealthCheck;
import io.dokploy.api.application.HttpHealthCheck;
import io.dokploy.api.application.LogRotation;
import io.dokploy.api.application.Mount;
import io.dokploy.api.application.PreSwitchCommand;
import io.dokploy.api.application.PublishedPort;
import io.dokploy.api.application.Resources;
import io.dokploy.api.application.RestartPolicy;
import io.dokploy.api.application.Rollout;
import io.dokploy.api.route.BasicAuthUser;
import io.dokploy.api.route.Domain;
import io.dokploy.api.route.RateLimit;
import io.dokploy.api.route.RedirectRule;
import io.dokploy.api.route.Tls;
import io.dokploy.api.source.ArchiveSource;
import io.dokploy.api.source.DirectorySource;
import io.dokploy.api.source.GitCredentials;
import io.dokploy.api.source.GitSource;
import io.dokploy.api.source.ImageSource;
import io.dokploy.api.source.Source;
import io.dokploy.api.value.ByteSize;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.api.value.PlainText;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Values of the API by chance. Every secret begins with {@link #SECRET}. */
final class Values {

    /** In no other text. */
    static final String SECRET = "s3cr3t";

    /** At least one of each kind. */
    static final List<Object> OF_EACH_KIND = List.of(
            GitSource.of("https://example.com/a.git").tag("v1").subdirectory("web"),
            ImageSource.of("busybox:1.37").pull(ImageSource.Pull.ALWAYS),
            DirectorySource.of(Path.of("/srv/app")),
            ArchiveSource.of(Path.of("/srv/app.zip")),
            new GitCredentials.Basic("ada", Secret.of(SECRET)),
            new GitCredentials.SshKey(
                    Secret.of(SECRET), Optional.of(Secret.of(SECRET)), List.of("SHA256:" + "A".repeat(43))),
            HttpHealthCheck.get("/healthz").port(80).status(204).host("a.example.com"),
            new HealthCheck.Tcp(5432),
            new HealthCheck.Command(List.of("pg_isready", "-q")),
            new HealthCheck.Image(),
            new HealthCheck.Settle(Duration.ofMillis(1500)),
            new Mount.Volume("data", "/data", false, true),
            new Mount.Bind("/srv", "/data2", true),
            new Mount.File(Secret.of(SECRET), "/etc/app.conf"),
            new Rollout.BlueGreen(),
            new Rollout.Recreate(),
            new Rollout.Canary(10, Duration.ofMinutes(5)),
            new Tls.None(),
            new Tls.LetsEncrypt(Tls.Challenge.values()[0]),
            new Tls.Resolver("corporate"),
            new Tls.Own("-----BEGIN CERTIFICATE-----", Secret.of(SECRET)));

    private Values() {}

    static Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a", "Z", "0", " ", "\"", "\\", "\n", "\t", "<", "{{", "${", "\u0001", "\u0000", "ü", "漢", "😀",
                        "$secret")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    static Arbitrary<Secret> secrets() {
        return texts().map(text -> Secret.of(SECRET + text));
    }

    static Arbitrary<EnvironmentValue> environmentValues() {
        Arbitrary<EnvironmentValue> plain = texts().map(text -> new PlainText(text.replace("\0", "")));
        return Arbitraries.oneOf(
                plain, secrets().map(secret -> Secret.of(secret.reveal().replace("\0", ""))));
    }

    static Arbitrary<Tree> trees() {
        return Arbitraries.lazyOf(
                () -> texts().map(Tree.Text::new),
                () -> Arbitraries.longs().map(Tree.Number::new),
                () -> Arbitraries.doubles().map(Tree.Decimal::new),
                () -> Arbitraries.of(true, false).map(Tree.Flag::new),
                () -> Arbitraries.just(new Tree.Nothing()),
                () -> secrets().map(Tree.Sealed::new),
                () -> trees().list().ofMaxSize(3).map(Tree.Items::new),
                () -> branches().map(branch -> branch));
    }

    static Arbitrary<Tree.Branch> branches() {
        Arbitrary<String> names = texts().filter(name -> !name.equals("$secret"));
        return Arbitraries.maps(names, trees()).ofMaxSize(3).map(Tree.Branch::new);
    }

    static Arbitrary<ApplicationSpec> specs() {
        return Combinators.combine(
                        ofKind(Source.class),
                        Arbitraries.maps(names(), environmentValues()).ofMaxSize(3),
                        ofKind(HealthCheck.class).optional(),
                        ofKind(Rollout.class),
                        domains(),
                        Arbitraries.subsetOf(ofKinds(Mount.class)),
                        branches(),
                        resources())
                .as((source, environment, health, rollout, domain, mounts, settings, resources) -> {
                    var spec = ApplicationSpec.named("shop")
                            .displayName("Shop \"ü\"")
                            .source(source)
                            .build(() -> new SettingsDocument("not-installed", 7, settings))
                            .domain(domain)
                            .environment(environment)
                            .buildArg("VERSION", "1")
                            .buildSecret("npm", Secret.of(SECRET))
                            .rollout(rollout)
                            .resources(resources)
                            .publish(PublishedPort.tcp(8080, 80))
                            .command("/app")
                            .arguments("--verbose", "a b")
                            .preSwitch(PreSwitchCommand.of("migrate"))
                            .stopSignal("SIGQUIT")
                            .restart(RestartPolicy.ON_FAILURE)
                            .logs(new LogRotation(ByteSize.mebibytes(1), 2))
                            .label("team", "<a&b>");
                    health.ifPresent(spec::health);
                    mounts.forEach(spec::mount);
                    return spec.build();
                });
    }

    private static Arbitrary<Domain> domains() {
        return Combinators.combine(
                        ofKind(Tls.class),
                        Arbitraries.of(Domain.WwwRedirect.values()),
                        secrets().filter(secret -> !secret.reveal().contains("\0")),
                        Arbitraries.of("/", "/api", "/a/b"))
                .as((tls, www, password, path) -> Domain.of("bücher.example.com")
                        .path(path)
                        .https(tls)
                        .www(www)
                        .redirects(List.of(new RedirectRule("^/old/(.*)$", "/new/$1", true)))
                        .basicAuth(List.of(new BasicAuthUser("ada", Secret.of(shortened(password)))))
                        .allowedIps(List.of("10.0.0.0/8"))
                        .rateLimit(new RateLimit(10, 20))
                        .compressed());
    }

    private static Arbitrary<Resources> resources() {
        return Combinators.combine(
                        Arbitraries.longs().between(8, 1 << 20),
                        Arbitraries.longs().between(1, 64_000))
                .as((memory, millis) -> Resources.unlimited()
                        .memory(ByteSize.mebibytes(memory))
                        .cpus(millis / 1000.0)
                        .ulimits(List.of(new Resources.Ulimit("nofile", -1, 1024))));
    }

    private static Arbitrary<String> names() {
        return Arbitraries.of("A", "DATABASE_URL", "lower.case-too");
    }

    private static String shortened(Secret password) {
        String text = password.reveal();
        return text.codePoints()
                .limit(18)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static <T> Arbitrary<T> ofKind(Class<T> type) {
        return Arbitraries.of(ofKinds(type));
    }

    private static <T> List<T> ofKinds(Class<T> type) {
        return OF_EACH_KIND.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
