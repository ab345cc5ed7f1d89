package io.dokploy.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.ExecRequest;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import io.dokploy.spi.engine.ContainerEngine.EngineEvent;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.spi.engine.ImageBuild;
import io.dokploy.spi.engine.NetworkAttachment;
import io.dokploy.spi.engine.NetworkSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short look at the oldest Docker that is supported; its whole contract is kept in {@link OldestEngineContractIT}. */
class OldestEngineIT {

    @Test
    void bothBuildersAndAllStreamsWorkWithDocker2010(@TempDir Path directory) throws Exception {
        Files.writeString(
                directory.resolve("Dockerfile"),
                "FROM busybox:1.37\nRUN echo built > /made\nCMD [\"sh\", \"-c\", \"echo hello; sleep 600\"]\n");
        var tools = DockerTools.installed(directory.resolve("workspaces"));
        try (var second = SecondEngine.start("oldest-look", "--old").with("busybox:1.37");
                var engine = second.connect(tools);
                var classic = second.connect(tools.withoutBuildx())) {
            assertThat(engine.info().version()).startsWith("20.10");
            assertThat(engine.info().apiVersion()).isEqualTo("1.41");
            engine.build(ImageBuild.of(directory, "shop:buildkit"), Progress.none(), CancelToken.never());
            classic.build(ImageBuild.of(directory, "shop:classic"), Progress.none(), CancelToken.never());

            var events = new ConcurrentLinkedQueue<EngineEvent>();
            var samples = new AtomicInteger();
            engine.ensureNetwork(new NetworkSpec("shop", Map.of(), false));
            try (var told = engine.events(events::add)) {
                for (var builder : List.of("buildkit", "classic")) {
                    var container = engine.create(ContainerSpec.of("shop-" + builder, "shop:" + builder)
                            .network("shop", NetworkAttachment.named("shop"))
                            .build());
                    engine.start(container);
                    assertThat(engine.inspect(container)
                                    .orElseThrow()
                                    .networks()
                                    .get("shop")
                                    .aliases())
                            .containsExactly("shop");
                    try (var logs = engine.logs(container, Optional.empty(), Optional.empty(), true);
                            var stats = engine.stats(container, sample -> samples.incrementAndGet());
                            var session = engine.exec(
                                    container,
                                    ExecRequest.of("sh", "-c", "cat /made -").withStdin())) {
                        assertThat(logs.next().text()).isEqualTo("hello");
                        session.stdin().write("and read\n".getBytes(StandardCharsets.US_ASCII));
                        session.stdin().close();
                        assertThat(session.stdout().readAllBytes()).asString().isEqualTo("built\nand read\n");
                        assertThat(session.awaitExit(Duration.ofSeconds(30))).isZero();
                        await().until(() -> samples.getAndSet(0) > 0);
                    }
                }
                await().until(() -> events.stream()
                                .filter(event -> event.action().equals("start"))
                                .count()
                        == 2);
            }
        }
    }
}
