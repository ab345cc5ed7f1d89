package io.dokploy.backup.s3;

import io.dokploy.api.value.ByteSize;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.backup.BackupTarget;
import io.dokploy.testkit.BackupTargetContract;
import java.net.URI;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** A second S3 server, of other authors. */
@Tag("long")
class S3ProxyIT extends BackupTargetContract {

    private static S3Proxy server;

    @BeforeAll
    static void startServer() throws Exception {
        var objects = new TransientNio2BlobStore();
        objects.createContainer("backups");
        server = S3Proxy.builder()
                .blobStore(objects)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "access-4711", "secret-key-4711")
                .build();
        server.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.stop();
    }

    @Override
    protected BackupTarget target() {
        return new S3Target();
    }

    @Override
    protected SettingsDocument settings() {
        return settings(server.getPort());
    }

    @Override
    protected SettingsDocument unreachableSettings() {
        return settings(1);
    }

    private static SettingsDocument settings(int port) {
        return S3Settings.bucket("backups")
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .credentials("access-4711", Secret.of("secret-key-4711"))
                .partSize(ByteSize.mebibytes(5))
                .parallelism(3)
                .attempts(2)
                .build()
                .toDocument();
    }

    @Override
    protected SettingsDocument brokenSettings() {
        return new SettingsDocument(
                "s3", 1, Tree.branch().put("bucket", "").put("attempts", 0).build());
    }
}
