package io.dokploy.backup.s3;

import io.dokploy.spi.backup.Pace;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/** Sends bodies at a pace. Below all that reads them for checksums and signatures, so it is the network that is limited. */
final class PacedHttpClient implements SdkHttpClient {

    private final SdkHttpClient http;
    private final Pace pace;

    PacedHttpClient(SdkHttpClient http, Pace pace) {
        this.http = http;
        this.pace = pace;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        var paced = HttpExecuteRequest.builder().request(request.httpRequest());
        request.metricCollector().ifPresent(paced::metricCollector);
        request.contentStreamProvider()
                .ifPresent(body -> paced.contentStreamProvider(
                        ContentStreamProvider.fromInputStreamSupplier(() -> pace.limit(body.newStream()))));
        return http.prepareRequest(paced.build());
    }

    @Override
    public String clientName() {
        return http.clientName();
    }

    @Override
    public void close() {
        http.close();
    }
}
