package io.dokploy.notifier.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.spi.Notifier.Outcome;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void successIsDelivered(int status) {
        assertThat(answer(status).outcome()).isEqualTo(Outcome.delivered());
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
    void whatMayPassIsTriedAgainNotBeforeTheChannelSays(int status) {
        assertThat(answer(status).outcome())
                .isEqualTo(Outcome.retryAfter("example.com answered " + status, Duration.ofSeconds(7)));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void aRedirectIsRejectedWithWords(int status) {
        assertThat(answer(status).outcome())
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.reason()).contains("redirect"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 413, 422})
    void whatWillNotPassIsRejected(int status) {
        assertThat(answer(status).outcome()).isEqualTo(Outcome.rejected("example.com answered " + status));
    }

    private static HttpAnswer answer(int status) {
        return new HttpAnswer("example.com", status, "", Optional.of(Duration.ofSeconds(7)));
    }
}
