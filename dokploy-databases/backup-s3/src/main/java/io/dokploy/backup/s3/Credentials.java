package io.dokploy.backup.s3;

import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Who asks: the keys of the settings, or those of the machine, or a role that these take. Thread-safe. */
final class Credentials implements SdkAutoCloseable {

    private static final String SESSION = "dokploy";

    private final AwsCredentialsProvider provider;
    private final Runnable end;

    private Credentials(AwsCredentialsProvider provider, Runnable end) {
        this.provider = provider;
        this.end = end;
    }

    /** @param http over which a role is asked for, and which is not closed here */
    static Credentials of(S3Settings settings, SdkHttpClient http, ClientOverrideConfiguration override) {
        var keys = settings.accessKey()
                .map(access -> keys(access, settings))
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
        Optional<String> role = settings.role();
        return role.isEmpty() ? new Credentials(keys, () -> {}) : taking(role.get(), keys, settings, http, override);
    }

    private static AwsCredentialsProvider keys(String access, S3Settings settings) {
        var secret = settings.secretKey().orElseThrow().reveal();
        return StaticCredentialsProvider.create(
                settings.sessionToken().isEmpty()
                        ? AwsBasicCredentials.create(access, secret)
                        : AwsSessionCredentials.create(
                                access,
                                secret,
                                settings.sessionToken().orElseThrow().reveal()));
    }

    private static Credentials taking(
            String role,
            AwsCredentialsProvider keys,
            S3Settings settings,
            SdkHttpClient http,
            ClientOverrideConfiguration override) {
        var sts = StsClient.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(keys)
                .httpClient(http)
                .overrideConfiguration(override);
        settings.endpoint().ifPresent(sts::endpointOverride);
        var client = sts.build();
        var provider = StsAssumeRoleCredentialsProvider.builder()
                .stsClient(client)
                .refreshRequest(request -> request.roleArn(role).roleSessionName(SESSION))
                .build();
        return new Credentials(provider, () -> {
            provider.close();
            client.close();
        });
    }

    AwsCredentialsProvider provider() {
        return provider;
    }

    @Override
    public void close() {
        end.run();
    }
}
