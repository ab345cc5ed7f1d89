package io.dokploy.backup.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.value.ByteSize;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.backup.s3.S3Settings.Addressing;
import io.dokploy.backup.s3.S3Settings.Checksums;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class S3SettingsTest {

    @Test
    void settingsSurviveTheirStoredForm() {
        S3Settings all = S3Settings.bucket("backups")
                .endpoint(URI.create("https://s3.example.com"))
                .region("eu-central-1")
                .addressing(Addressing.VIRTUAL_HOST)
                .credentials("access", Secret.of("secret"))
                .sessionToken(Secret.of("token"))
                .role("arn:aws:iam::123456789012:role/backup")
                .storageClass("STANDARD_IA")
                .encryption("aws:kms")
                .encryptionKey("arn:aws:kms:eu-central-1:1:key/2")
                .checksums(Checksums.MD5)
                .partSize(ByteSize.mebibytes(16))
                .parallelism(2)
                .bandwidth(ByteSize.mebibytes(1))
                .attempts(3)
                .timeout(Duration.ofSeconds(5))
                .build();

        assertThat(S3Settings.fromDocument(all.toDocument()))
                .isEqualTo(all)
                .isNotEqualTo(S3Settings.bucket("backups").build());
        assertThat(all.pathStyle()).isFalse();
    }

    @Test
    void defaultsFitAmazonAndAnEndpointFitsTheOthers() {
        S3Settings amazon = S3Settings.bucket("backups").build();
        assertThat(amazon.pathStyle()).isFalse();
        assertThat(amazon).hasToString("bucket \"backups\" at Amazon S3, region us-east-1");

        S3Settings other = S3Settings.bucket("backups")
                .endpoint(URI.create("https://s3.example.com:9000/"))
                .build();
        assertThat(other.pathStyle()).isTrue();
        assertThat(S3Settings.fromDocument(other.toDocument())).isEqualTo(other);
    }

    @Test
    void builtSettingsDoNotChangeWithTheirBuilder() {
        S3Settings.Builder builder = S3Settings.bucket("backups");
        S3Settings built = builder.build();
        builder.region("elsewhere");
        assertThat(built.region()).isEqualTo("us-east-1");
    }

    @Test
    void allProblemsAreInOneErrorWithoutASecret() {
        var document = new SettingsDocument(
                "s3",
                1,
                Tree.branch()
                        .put("bucket", "a/../b")
                        .put("role", "backup role")
                        .put("endpoint", "https://user:hidden@example.com/bucket")
                        .put("region", "eu central")
                        .put("addressing", "DNS")
                        .put("secretKey", Secret.of("hidden"))
                        .put("sessionToken", Secret.of("hidden"))
                        .put("storageClass", "COLD\r\nX-A: b")
                        .put("encryptionKey", "key")
                        .put("certificateAuthority", "no pem")
                        .put("checksums", "SHA3")
                        .put("partSize", 1)
                        .put("parallelism", 100)
                        .put("bandwidth", 5)
                        .put("attempts", 0)
                        .put("timeoutMillis", 1)
                        .put("acl", "public-read")
                        .build());

        assertThatThrownBy(() -> S3Settings.fromDocument(document))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContainingAll(
                        "bucket: must",
                        "endpoint: must",
                        "region: must",
                        "addressing: must",
                        "secretKey: must",
                        "sessionToken: belongs",
                        "role: must",
                        "storageClass: must",
                        "encryptionKey: belongs",
                        "certificateAuthority: must",
                        "checksums: must",
                        "partSize: must",
                        "parallelism: must",
                        "bandwidth: must",
                        "attempts: must",
                        "timeout: must",
                        "acl: is not a setting")
                .hasMessageNotContaining("hidden");
    }
}
