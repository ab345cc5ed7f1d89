package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.InsufficientDiskException;
import io.dokploy.api.release.Release;
import io.dokploy.api.value.ByteSize;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images are kept as long as a release needs them, removed when asked, and never another store's. */
class ImageCareIT {

    @TempDir
    Path directory = Path.of("");

    @Test
    void pruningRemovesOnlyImagesOfOursThatNoKeptReleaseNeeds() throws Exception {
        try (var repository = new TestRepository(directory.resolve("repository"));
                var site = new Site(directory.resolve("one"));
                var other = new Site(directory.resolve("two"))) {
            repository.commit("1");
            var spec = Site.app("shop", repository).keepReleases(2).build();
            site.applications().create(spec);
            other.applications()
                    .create(Site.app("shop", repository)
                            .domain(io.dokploy.api.route.Domain.of("other.localhost")
                                    .port(3000))
                            .build());
            Release first = deploy(site);
            Release elsewhere = deploy(other);
            assertThat(elsewhere.image().tag()).isNotEqualTo(first.image().tag());
            repository.commit("2");
            Release second = deploy(site);

            // Of a deployment that died after its build: it carries our labels and belongs to no release.
            var orphan = orphan(first);
            assertThat(site.client()
                            .maintenance()
                            .pruneImages()
                            .await(Site.PATIENCE)
                            .removed())
                    .containsExactly(orphan);
            assertThat(exists(orphan)).isFalse();
            assertThat(exists(first.image().id())).as("a kept release needs it").isTrue();
            assertThat(exists(second.image().id())).as("it runs").isTrue();
            assertThat(exists(elsewhere.image().id()))
                    .as("it is another store's")
                    .isTrue();

            repository.commit("3");
            deploy(site);
            assertThat(exists(first.image().id())).as("two releases are kept").isFalse();
            assertThat(exists(second.image().id())).isTrue();
            Release back = site.applications().rollback("shop").await(Site.PATIENCE);
            assertThat(back.image().id()).isEqualTo(second.image().id());
        }
    }

    @Test
    void aBuildDoesNotBeginWithoutEnoughDisk() {
        try (var repository = new TestRepository(directory.resolve("repository"));
                var site = new Site(
                        directory.resolve("site"), builder -> builder.minimumFreeDisk(ByteSize.gibibytes(1L << 20)))) {
            repository.commit("1");
            site.applications().create(Site.app("shop", repository).build());
            assertThatThrownBy(() -> deploy(site))
                    .isInstanceOf(InsufficientDiskException.class)
                    .hasMessageContaining("shop")
                    .hasMessageContaining("free of")
                    .hasMessageContaining("pruneImages()");
            assertThat(site.leftovers()).isEmpty();
        }
    }

    private static Release deploy(Site site) {
        return site.applications().deploy("shop").await(Site.PATIENCE);
    }

    /** An image with the labels of that release's, but for its content. @return its tag */
    private String orphan(Release release) throws Exception {
        var context = Files.createDirectories(directory.resolve("orphan"));
        Files.writeString(
                context.resolve("Dockerfile"), "FROM " + release.image().tag() + "\nENV ORPHAN=yes\n");
        var tag = release.image().tag().replaceAll(":.*", ":orphan");
        Site.docker("build", "--quiet", "--tag", tag, context.toString());
        return tag;
    }

    private static boolean exists(String image) {
        return !Site.docker("image", "ls", "--all", "--no-trunc", "--quiet")
                .lines()
                .noneMatch(image::equals);
    }
}
