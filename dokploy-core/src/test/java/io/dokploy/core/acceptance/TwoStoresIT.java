package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.Application;
import io.dokploy.api.DeleteRequest;
import io.dokploy.api.application.Mount;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances in one JVM, each with a store of its own, on one engine, with applications of the same name. */
class TwoStoresIT {

    @TempDir
    Path directory;

    private TestRepository repository;
    private Site ours;
    private Site theirs;

    @BeforeEach
    void open() {
        repository = new TestRepository(directory.resolve("shop"));
        ours = new Site(directory.resolve("ours"));
        theirs = new Site(directory.resolve("theirs"));
        repository.commit("1");
        for (Site site : List.of(ours, theirs)) {
            site.deploy(Site.app("shop", repository)
                    .mount(Mount.volume("data", "/data"))
                    .build());
            site.deploy(Site.app("blog", repository).build());
        }
    }

    @AfterEach
    void close() {
        theirs.applications().delete("shop", DeleteRequest.withVolumes()).await(Site.PATIENCE);
        ours.close();
        theirs.close();
        repository.close();
    }

    @Test
    void neitherSeesCountsPrunesOrRemovesWhatTheOtherHas() {
        List<String> before = everythingOf(theirs);
        assertThat(before).hasSizeGreaterThanOrEqualTo(6).doesNotContainAnyElementsOf(everythingOf(ours));
        assertThat(ours.applications().list()).extracting(Application::name).containsExactly("blog", "shop");
        assertThat(ours.applications().status("shop").processes()).hasSize(1);

        repository.commit("2");
        ours.applications().deploy("shop").await(Site.PATIENCE);
        assertThat(ours.client().maintenance().reconcile().await(Site.PATIENCE).done())
                .isEmpty();
        assertThat(ours.client()
                        .maintenance()
                        .pruneImages()
                        .await(Site.PATIENCE)
                        .removed())
                .isEmpty();
        ours.applications().delete("shop", DeleteRequest.withVolumes()).await(Site.PATIENCE);
        ours.client().maintenance().uninstall().await(Site.PATIENCE);

        assertThat(everythingOf(ours)).isEmpty();
        assertThat(everythingOf(theirs)).isEqualTo(before);
        assertThat(theirs.get("shop.localhost", "/").version()).isEqualTo("1");
        assertThat(theirs.get("blog.localhost", "/").version()).isEqualTo("1");
        assertThat(theirs.client()
                        .maintenance()
                        .reconcile()
                        .await(Site.PATIENCE)
                        .done())
                .isEmpty();
    }

    /** Containers, networks, volumes and images. */
    private static List<String> everythingOf(Site site) {
        var filter = "label=io.dokploy.instance=" + site.instance();
        return Stream.of(
                        Site.docker("ps", "--all", "--quiet", "--filter", filter),
                        Site.docker("network", "ls", "--quiet", "--filter", filter),
                        Site.docker("volume", "ls", "--quiet", "--filter", filter),
                        Site.docker("images", "--format", "{{.Repository}}:{{.Tag}}", "--filter", filter))
                .flatMap(String::lines)
                .sorted()
                .toList();
    }
}
