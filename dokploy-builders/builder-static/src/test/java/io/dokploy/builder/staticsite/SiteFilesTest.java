package io.dokploy.builder.staticsite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.UnsafeSourceException;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteFilesTest {

    @TempDir
    private Path tree;

    @TempDir
    private Path target;

    @Test
    void onlyWhatMayBeServedIsCopied() throws IOException {
        for (String file : List.of(
                "index.html",
                "a b/ü.css",
                ".env",
                ".git/config",
                "docs/.hidden/x",
                ".well-known/x",
                "docs/.well-known/x",
                "Dockerfile")) {
            Files.createDirectories(tree.resolve(file).getParent());
            Files.writeString(tree.resolve(file), file);
        }
        Files.setPosixFilePermissions(tree.resolve("index.html"), PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(tree.resolve("link.html"), tree.resolve("index.html"));
        var lines = new ArrayList<String>();

        SiteFiles.copy(tree, ".", target.resolve("site"), lines::add, CancelToken.never());

        try (var files = Files.walk(target.resolve("site"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> target.resolve("site").relativize(file).toString()))
                    .containsExactlyInAnyOrder("index.html", "a b/ü.css", ".well-known/x");
        }
        assertThat(Files.getPosixFilePermissions(target.resolve("site/index.html")))
                .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(lines).containsExactly("Not served, since it is a link: link.html");
    }

    @Test
    void aFolderThatIsALinkOutOfTheTreeIsRefused() throws IOException {
        Files.createSymbolicLink(tree.resolve("dist"), target);

        assertThatThrownBy(() ->
                        SiteFiles.copy(tree, "dist", target.resolve("site"), Progress.none(), CancelToken.never()))
                .isInstanceOf(UnsafeSourceException.class)
                .hasMessageContaining("\"dist\"");
    }
}
