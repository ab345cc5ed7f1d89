package io.dokploy.core.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.spi.CancelToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalWorkspaceTest {

    @TempDir
    Path root;

    @Test
    void it_is_private() throws Exception {
        try (var workspace = LocalWorkspace.create(root.resolve("made/when/missing"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(workspace.directory())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void it_goes_with_all_in_it_but_not_with_what_links_lead_to() throws Exception {
        Path outside = Files.createDirectory(root.resolve("outside"));
        Files.writeString(outside.resolve("kept"), "kept");
        var workspace = LocalWorkspace.create(root);
        Path readOnly = Files.createDirectories(workspace.directory().resolve("a/read-only"));
        Files.writeString(readOnly.resolve("file"), "x");
        Files.createSymbolicLink(workspace.directory().resolve("link"), outside);
        Files.createSymbolicLink(workspace.directory().resolve("dangling"), root.resolve("nowhere"));
        Files.setPosixFilePermissions(readOnly, PosixFilePermissions.fromString("---------"));

        workspace.close();

        assertThat(workspace.directory()).doesNotExist();
        assertThat(outside.resolve("kept")).hasContent("kept");
    }

    @Test
    void nobody_else_can_look_into_it_or_into_a_kept_folder() throws Exception {
        try (var workspace = LocalWorkspace.create(root);
                var cache = new LocalCaches(root.resolve("caches")).open("git", CancelToken.never())) {
            for (Path directory : List.of(workspace.directory(), cache.directory())) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                        .isEqualTo("rwx------");
            }
        }
    }

    @Test
    void closing_twice_does_nothing() {
        var workspace = LocalWorkspace.create(root);
        workspace.close();
        workspace.close();
        assertThat(workspace.directory()).doesNotExist();
    }
}
