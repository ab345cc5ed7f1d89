package io.dokploy.backup.s3;

import io.dokploy.api.value.ByteSize;
import io.dokploy.backup.s3.S3Settings.Checksums;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.Progress;
import io.dokploy.spi.backup.Pace;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * A bucket and a client that reaches it, with the proxy and the certificate authorities of the host.
 *
 * @param settings    what it was made from
 * @param client      tries again by itself what may go away by itself
 * @param errors      in words
 * @param cancelToken of the work that this is for
 * @param progress    is told what takes longer than it should
 * @param below       what the client uses, and does not close
 */
record Bucket(
        S3Settings settings,
        S3Client client,
        S3Errors errors,
        CancelToken cancelToken,
        Progress progress,
        List<SdkAutoCloseable> below)
        implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

    static Bucket open(S3Settings settings, PluginContext context) {
        boolean modern = settings.checksums() == Checksums.CRC32;
        var http = http(settings, context.http());
        var override = ClientOverrideConfiguration.builder()
                .retryStrategy(retries(settings))
                .addExecutionInterceptor(new AskedAgain(settings, context.progress()))
                .build();
        var credentials = Credentials.of(settings, http, override);
        var client = S3Client.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials.provider())
                .httpClient(http)
                .forcePathStyle(settings.pathStyle())
                .requestChecksumCalculation(
                        modern ? RequestChecksumCalculation.WHEN_SUPPORTED : RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(
                        modern ? ResponseChecksumValidation.WHEN_SUPPORTED : ResponseChecksumValidation.WHEN_REQUIRED)
                // Parts lie in memory: their checksums can go first, and both sides are spared the work of framing.
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build())
                .overrideConfiguration(override);
        settings.endpoint().ifPresent(client::endpointOverride);
        return new Bucket(
                settings,
                client.build(),
                new S3Errors(settings),
                context.cancelToken(),
                context.progress(),
                List.of(credentials, http));
    }

    String name() {
        return settings.bucket();
    }

    @Override
    public void close() {
        client.close();
        below.forEach(SdkAutoCloseable::close);
    }

    /** Ever later, with jitter; without the shared budget of retries, which would end a long upload in a bad hour. */
    private static StandardRetryStrategy retries(S3Settings settings) {
        return StandardRetryStrategy.builder()
                .maxAttempts(settings.attempts())
                .backoffStrategy(BackoffStrategy.exponentialDelay(Duration.ofMillis(200), LONGEST_PAUSE))
                .throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(Duration.ofMillis(500), LONGEST_PAUSE))
                .circuitBreakerEnabled(false)
                .build();
    }

    private static SdkHttpClient http(S3Settings settings, HttpClient host) {
        SSLContext tls = settings.certificateAuthority().map(Trust::with).orElseGet(host::sslContext);
        SdkHttpClient http = Apache5HttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(settings.timeout())
                .maxConnections(settings.parallelism() + 2)
                .tlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                .proxyConfiguration(proxy(settings, host))
                .build();
        return settings.bandwidth() == 0
                ? http
                : new PacedHttpClient(http, Pace.of(ByteSize.bytes(settings.bandwidth())));
    }

    private static ProxyConfiguration proxy(S3Settings settings, HttpClient host) {
        URI endpoint = settings.endpoint().orElse(URI.create("https://s3." + settings.region() + ".amazonaws.com"));
        Optional<InetSocketAddress> address = host.proxy()
                .or(() -> Optional.ofNullable(ProxySelector.getDefault()))
                .flatMap(selector -> selector.select(endpoint).stream()
                        .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
                        .findFirst())
                .map(proxy -> (InetSocketAddress) proxy.address());
        var proxy = ProxyConfiguration.builder().useSystemPropertyValues(false).useEnvironmentVariableValues(false);
        address.ifPresent(at -> proxy.endpoint(URI.create("http://" + at.getHostString() + ":" + at.getPort())));
        return proxy.build();
    }
}
