package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.LogQuery;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.HealthCheck;
import io.dokploy.api.source.ImageSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications of one environment reach each other by name, and a redeploy does not show. */
class InternalNameIT {

    /** Four callers in turns of GET and POST, and two whose calls take two seconds; each tells how a call ended. */
    private static final String CALLERS = """
            say() { case "$1" in "$2"*) echo "ok $1";; *) echo "failed $1";; esac; }
            for caller in 1 2 3 4; do
              (while :; do
                say "$(wget -q -T 10 -O - http://shop:3000/ 2>&1)" "testapp "
                say "$(wget -q -T 10 -O - --post-data=hello http://shop:3000/echo 2>&1)" hello
                sleep 0.05
              done) &
            done
            for caller in 1 2; do
              (while :; do say "$(wget -q -T 10 -O - 'http://shop:3000/slow?ms=2000' 2>&1)" "testapp "; done) &
            done
            wait
            """;

    @TempDir
    Path directory;

    @Test
    void noCallByTheInternalNameFailsInRedeploys() {
        try (var repository = new TestRepository(directory.resolve("shop"));
                var site = new Site(directory.resolve("site"))) {
            repository.commit("0");
            site.deploy(Site.app("shop", repository).replicas(2).build());
            site.deploy(ApplicationSpec.named("caller")
                    .source(ImageSource.of("busybox:1.37").pull(ImageSource.Pull.MISSING))
                    .command("sh", "-c", CALLERS)
                    .health(HealthCheck.settle(Duration.ofSeconds(1)))
                    .stopGrace(Duration.ofSeconds(1))
                    .build());
            for (int i = 1; i <= 3; i++) {
                repository.commit(Integer.toString(i));
                site.applications().deploy("shop").await(Site.PATIENCE);
            }
            await("the last release is called")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> calls(site).contains("ok testapp 3"));
            List<String> calls = calls(site);
            System.out.println("calls by the internal name in 3 redeploys: " + calls.size() + ", failed: "
                    + calls.stream().filter(call -> !call.startsWith("ok ")).toList());
            assertThat(calls).allMatch(call -> call.startsWith("ok ")).contains("ok testapp 0", "ok hello");
            assertThat(calls).anyMatch(call -> call.endsWith("slow 2000"));
        }
    }

    private static List<String> calls(Site site) {
        var lines = new ArrayList<String>();
        try (var logs = site.applications().logs("caller", LogQuery.all())) {
            logs.forEachRemaining(line -> lines.add(line.text()));
        }
        return lines;
    }
}
