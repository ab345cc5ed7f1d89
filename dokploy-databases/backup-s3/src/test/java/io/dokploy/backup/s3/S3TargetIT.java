package io.dokploy.backup.s3;

import io.dokploy.api.value.ByteSize;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.backup.BackupTarget;
import io.dokploy.testkit.BackupTargetContract;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class S3TargetIT extends BackupTargetContract {

    private static Seaweed server;

    @BeforeAll
    static void startServer() {
        server = Seaweed.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Override
    protected BackupTarget target() {
        return new S3Target();
    }

    @Override
    protected SettingsDocument settings() {
        return server.settings().build().toDocument();
    }

    @Override
    protected SettingsDocument unreachableSettings() {
        return Seaweed.settings(URI.create("http://127.0.0.1:1"))
                .attempts(1)
                .sessionToken(Secret.of("token-4711"))
                .build()
                .toDocument();
    }

    @Override
    protected SettingsDocument brokenSettings() {
        return new SettingsDocument(
                "s3",
                1,
                Tree.branch()
                        .put("bucket", "")
                        .put("endpoint", "ftp://example.com")
                        .put("partSize", ByteSize.gibibytes(6).bytes())
                        .build());
    }
}
