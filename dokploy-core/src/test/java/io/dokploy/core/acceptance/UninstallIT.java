package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.application.Mount;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After uninstalling and closing, an engine and a machine are as if nothing had been there, but for the user's data. */
class UninstallIT {

    @TempDir
    Path directory;

    @Test
    void nothingIsLeftButTheStoreAndTheVolumes() throws Exception {
        String instance;
        int port;
        try (var repository = new TestRepository(directory.resolve("shop"))) {
            repository.commit("1");
            var site = new Site(directory.resolve("site"));
            site.applications()
                    .create(Site.app("shop", repository)
                            .mount(Mount.volume("data", "/data"))
                            .build());
            site.applications().deploy("shop").await(Site.PATIENCE);
            repository.commit("2", "HEALTH=ok");
            site.applications().deploy("shop").await(Site.PATIENCE);
            instance = site.instance();
            port = site.httpPort();
            site.close();
        }

        var ours = "label=io.dokploy.instance=" + instance;
        assertThat(Site.docker("ps", "--all", "--quiet", "--filter", ours)).isEmpty();
        assertThat(Site.docker("network", "ls", "--quiet", "--filter", ours)).isEmpty();
        assertThat(Site.docker("images", "--all", "--quiet", "--filter", ours)).isEmpty();
        var volumes =
                Site.docker("volume", "ls", "--quiet", "--filter", ours).lines().toList();
        volumes.forEach(volume -> Site.docker("volume", "rm", volume));
        assertThat(volumes).hasSize(1);
        assertThat(directory.resolve("site/data/workspaces")).isEmptyDirectory();
        assertThat(Processes.anyWith(directory.toString())).isFalse();
        assertFree(port);
    }

    private static void assertFree(int port) throws IOException {
        try (var socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(socket.isBound()).isTrue();
        }
    }
}
