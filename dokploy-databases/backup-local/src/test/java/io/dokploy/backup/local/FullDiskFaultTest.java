package io.dokploy.backup.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.spi.backup.BackupTarget.Store;
import io.dokploy.spi.backup.BackupTarget.Upload;
import io.dokploy.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system of 2 MB, which a process of its own sees alone. */
class FullDiskFaultTest {

    @TempDir
    private Path folder;

    @Test
    void aFullDiskIsSaidToBeFullAndNothingIsLeft() throws Exception {
        List<String> command = List.of(
                "unshare",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs -o size=2m tmpfs \"$1\" && shift && exec \"$@\"",
                "sh",
                folder.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Fills.class.getName(),
                folder.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output)
                .contains("The backup object shop/large cannot be written: No space left on device")
                .contains("are free at " + folder)
                .contains("Remove old backups")
                .contains("left: [" + folder + "/shop/small]");
    }

    /** Runs on the small file system. */
    static final class Fills {
        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            try (TestContext context = TestContext.create();
                    Store store = new LocalTarget()
                            .open(LocalSettings.of(folder).mounted().toDocument(), context)) {
                write(store, "shop/small", 1);
                try {
                    write(store, "shop/large", 100);
                } catch (IOException e) {
                    System.out.println(e.getMessage());
                }
                try (Stream<Path> all = Files.walk(folder)) {
                    System.out.println("left: "
                            + new ArrayList<>(all.filter(Files::isRegularFile).toList()));
                }
            }
        }

        private static void write(Store store, String key, int blocks) throws IOException {
            try (Upload upload = store.put(key)) {
                for (int i = 0; i < blocks; i++) {
                    upload.stream().write(new byte[100_000]);
                }
                upload.commit();
            }
        }
    }
}
