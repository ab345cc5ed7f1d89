package io.dokploy.api.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.InvalidSpecException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestoreRequestTest {

    @Test
    void whatIsSaidOneAfterTheOtherIsKept() {
        var request = RestoreRequest.withoutSafetyBackup()
                .makingRoles("readers", "odd \"role's $x")
                .makingRoles("writers")
                .safetyBackupIn("nas");
        assertThat(request.roles()).containsExactly("readers", "odd \"role's $x", "writers");
        assertThat(request.safetyTarget()).isEqualTo(Optional.of("nas"));
        assertThat(request.safetyBackup()).isTrue();
        assertThat(RestoreRequest.defaults().roles()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "a\nb", "a\u0000b", "0123456789012345678901234567890123456789012345678901234567890123"})
    void whatIsNoNameOfARoleIsRefused(String name) {
        assertThatThrownBy(() -> RestoreRequest.defaults().makingRoles(name))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("roles: must be names");
    }
}
