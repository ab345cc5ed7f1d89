package io.dokploy.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.BuildKitRequiredException;
import io.dokploy.api.value.Secret;
import io.dokploy.spi.engine.ImageBuild;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassicBuildLimitsTest {

    @TempDir
    Path context = Path.of("");

    private ImageBuild build(String dockerfile) throws Exception {
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        return ImageBuild.of(context, "shop:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM a\nRUN --mount=type=cache,target=/root/.npm npm ci\n",
                "FROM a\nrun \\\n  --mount=type=bind,target=/x \\\n  --network=none ls\n",
                "FROM a\nRUN \\\n# why\n --mount=type=secret,id=x cat /run/secrets/x\n",
                "FROM a\nCOPY --link a b\n",
                "FROM a\nCOPY --from=b --chmod=755 a b\n",
                "FROM a\nONBUILD ADD --checksum=sha256:1 a b\n",
            })
    void whatOnlyBuildKitCanDoIsSaidBeforehand(String dockerfile) {
        assertThatThrownBy(() -> ClassicBuildLimits.check(build(dockerfile)))
                .isInstanceOf(BuildKitRequiredException.class)
                .hasMessageContaining("--")
                .hasMessageContaining("Install Docker's buildx plugin");
    }

    @Test
    void secretsNeedBuildKitAndStaySecret() throws Exception {
        var build = build("FROM a\n").secrets(Map.of("token", Secret.of("s3cret-4711")));
        assertThatThrownBy(() -> ClassicBuildLimits.check(build))
                .isInstanceOf(BuildKitRequiredException.class)
                .hasMessageContaining("token")
                .satisfies(error -> assertThat(error.getMessage()).doesNotContain("s3cret-4711"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM --platform=linux/amd64 a AS b\nCOPY --from=b --chown=1:1 a b\n",
                "FROM a\nRUN echo --mount=type=cache\n# RUN --mount=type=cache x\n",
                "FROM a\nHEALTHCHECK --interval=1s CMD true\n",
            })
    void whatItCanDoIsLetThrough(String dockerfile) {
        assertThatCode(() -> ClassicBuildLimits.check(build(dockerfile))).doesNotThrowAnyException();
    }
}
