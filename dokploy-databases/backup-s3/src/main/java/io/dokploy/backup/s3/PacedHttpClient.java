package io.dokploy.backup.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/** Sends bodies at a pace. Below all that reads them for checksums and signatures, so it is the network that is limited. */
final class PacedHttpClient implements SdkHttpClient {

    private static final int STEP = 8 << 10;

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
                        ContentStreamProvider.fromInputStreamSupplier(() -> new PacedStream(body.newStream()))));
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

    private final class PacedStream extends FilterInputStream {
        PacedStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            pace.sending(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, Math.min(length, STEP));
            pace.sending(Math.max(read, 0));
            return read;
        }
    }
}
