package io.dokploy.builder.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BaseImagesTest {

    @Test
    void stagesAndScratchAreNoImages() {
        assertThat(images("""
                        FROM --platform=$BUILDPLATFORM golang:1.25 AS Build
                        FROM scratch AS empty
                        FROM build AS tested
                        FROM debian:13
                        COPY --from=tested /a /a
                        COPY --from=1 /b /b
                        """)).containsExactly("debian:13", "golang:1.25");
    }

    @Test
    void imagesThatAreCopiedFromOrMountedCount() {
        assertThat(images("""
                        FROM debian:13
                        COPY --chown=1 --from=busybox:1.37 /bin/sh /sh
                        RUN --mount=type=cache,target=/c --mount=type=bind,from=alpine:3,target=/m ls
                        RUN echo --mount=from=no
                        """)).containsExactly("alpine:3", "busybox:1.37", "debian:13");
    }

    @Test
    void stagesThatTheTargetDoesNotNeedDoNotCount() {
        var dockerfile = Dockerfile.parse("""
                FROM a AS one
                FROM b AS two
                FROM c
                COPY --from=one / /
                """);

        assertThat(of(dockerfile, Map.of(), Optional.empty()).images()).containsExactly("a", "c");
        assertThat(of(dockerfile, Map.of(), Optional.of("TWO")).images()).containsExactly("b");
        assertThat(of(dockerfile, Map.of(), Optional.of("0")).images()).containsExactly("a");
    }

    @Test
    void argumentsAreTakenFromTheBuildThenFromTheirDefault() {
        var dockerfile = Dockerfile.parse("""
                ARG VERSION=3.12 NAME="python"
                ARG FLAVOUR=${VERSION}-slim
                FROM ${NAME}:$FLAVOUR
                """);

        assertThat(of(dockerfile, Map.of(), Optional.empty()).images()).containsExactly("python:3.12-slim");
        assertThat(of(dockerfile, Map.of("VERSION", "3.13"), Optional.empty()).images())
                .containsExactly("python:3.13-slim");
    }

    @Test
    void anArgumentThatIsNotDeclaredBeforeTheFirstStageDoesNotCount() {
        var dockerfile = Dockerfile.parse("FROM a\nARG X=b\nFROM $X");

        var bases = of(dockerfile, Map.of("X", "c"), Optional.empty());
        assertThat(bases.images()).isEmpty();
        assertThat(bases.unresolved()).containsExactly("$X");
    }

    @Test
    void substitutionsOfTheShellWork() {
        assertThat(images("FROM ${X:-a}")).containsExactly("a");
        assertThat(images("ARG X=\nFROM ${X:-a}")).containsExactly("a");
        assertThat(images("ARG X=1\nFROM a${X:+-slim}")).containsExactly("a-slim");
        assertThat(images("FROM a${X:+$UNKNOWN}")).containsExactly("a");
        assertThat(images("ARG X=1\nFROM ${X:-${UNKNOWN}}")).containsExactly("1");
        assertThat(images("FROM ${X:-${Y:-b}}")).containsExactly("b");
        assertThat(images("FROM 'a'")).containsExactly("a");
    }

    @Test
    void whatCannotBeKnownIsSaidAndLeftOut() {
        for (String written : List.of("$X", "a${X}", "${X:-$Y}", "${X#y}", "${X", "${")) {
            var bases = of(Dockerfile.parse("FROM " + written), Map.of(), Optional.empty());
            assertThat(bases.images()).as(written).isEmpty();
            assertThat(bases.unresolved()).as(written).containsExactly(written);
        }
    }

    @Test
    void thePlatformIsKnown() {
        assertThat(images("FROM base-${TARGETARCH}")).containsExactly("base-amd64");
        assertThat(images("FROM x AS base-amd64\nFROM base-$TARGETARCH")).containsExactly("x");
    }

    private static List<String> images(String dockerfile) {
        return of(Dockerfile.parse(dockerfile), Map.of(), Optional.empty()).images();
    }

    private static BaseImages of(Dockerfile dockerfile, Map<String, String> arguments, Optional<String> target) {
        return BaseImages.of(dockerfile, arguments, Map.of("TARGETARCH", "amd64"), target);
    }
}
