package io.dokploy.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.EngineVersionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiVersionTest {

    /** What the engines say of themselves at /version: their newest and their oldest API version. */
    @ParameterizedTest(name = "Docker {0} is spoken to in {3}")
    @CsvSource({
        "20.10.24, 1.41, 1.12, 1.41",
        "23.0.6,   1.42, 1.12, 1.42",
        "24.0.9,   1.43, 1.12, 1.43",
        "25.0.5,   1.44, 1.24, 1.44",
        "26.1.5,   1.45, 1.24, 1.45",
        "27.5.1,   1.47, 1.24, 1.47",
        "28.0.4,   1.48, 1.24, 1.48",
        "28.5.2,   1.51, 1.24, 1.51",
        "29.0.0,   1.52, 1.44, 1.51",
        "29.1.3,   1.52, 1.44, 1.51",
    })
    void theNewestThatBothKnowIsSpoken(String engine, String newest, String oldest, String spoken) {
        assertThat(negotiate(engine, newest, oldest)).hasToString(spoken);
    }

    @Test
    void tooOldAnEngineIsRefusedWithWhatToInstall() {
        assertThatThrownBy(() -> negotiate("19.03.15", "1.40", "1.12"))
                .isInstanceOf(EngineVersionException.class)
                .hasMessageContaining("19.03.15")
                .hasMessageContaining("Install Docker 20.10 or newer");
    }

    @Test
    void anEngineThatHasForgottenOurVersionIsRefusedWithAWayOut() {
        assertThatThrownBy(() -> negotiate("40.0.0", "1.70", "1.60"))
                .isInstanceOf(EngineVersionException.class)
                .hasMessageContaining("Update this library");
    }

    @Test
    void whatIsNoEngineIsRefused() {
        assertThatThrownBy(() -> ApiVersion.negotiate("engine", Json.object().put("hello", "world")))
                .isInstanceOf(EngineVersionException.class)
                .hasMessageContaining("Point the endpoint to a Docker Engine");
    }

    private static ApiVersion negotiate(String engine, String newest, String oldest) {
        return ApiVersion.negotiate(
                "engine",
                Json.object().put("Version", engine).put("ApiVersion", newest).put("MinAPIVersion", oldest));
    }
}
