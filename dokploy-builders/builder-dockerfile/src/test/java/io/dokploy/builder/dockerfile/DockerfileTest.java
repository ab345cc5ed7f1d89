package io.dokploy.builder.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.builder.dockerfile.Dockerfile.Instruction;
import org.junit.jupiter.api.Test;

class DockerfileTest {

    @Test
    void continuationLinesCommentsAndEmptyLinesAreOneInstruction() {
        assertThat(Dockerfile.parse("""
                                # a comment
                                from debian:13 \\
                                  # in between

                                  AS build
                                RUN a && \\
                                    b
                                """).instructions())
                .containsExactly(new Instruction("FROM", "debian:13   AS build"), new Instruction("RUN", "a &&     b"));
    }

    @Test
    void aHereDocumentIsNoInstruction() {
        assertThat(Dockerfile.parse("""
                                FROM a
                                RUN <<EOF cat <<-"OTHER" > /x
                                FROM hidden
                                EOF
                                FROM hidden2
                                \tOTHER
                                RUN echo "<<NOT"
                                FROM b
                                """).instructions())
                .extracting(Instruction::arguments)
                .containsExactly("a", "<<EOF cat <<-\"OTHER\" > /x", "echo \"<<NOT\"", "b");
    }

    @Test
    void theEscapeDirectiveChangesWhatContinuesALine() {
        var dockerfile = Dockerfile.parse("# syntax=docker/dockerfile:1\n# escape=`\nFROM `\n  a\nRUN c:\\\nFROM b");

        assertThat(dockerfile.escape()).isEqualTo('`');
        assertThat(dockerfile.instructions())
                .containsExactly(
                        new Instruction("FROM", "a"), new Instruction("RUN", "c:\\"), new Instruction("FROM", "b"));
    }

    @Test
    void aDirectiveAfterAnythingElseIsAComment() {
        assertThat(Dockerfile.parse("# hello\n# escape=`\nFROM a").escape()).isEqualTo('\\');
        assertThat(Dockerfile.parse("FROM a\n# escape=`").escape()).isEqualTo('\\');
    }

    @Test
    void aByteOrderMarkAndWindowsLinesDoNotMatter() {
        assertThat(Dockerfile.parse("\uFEFFFROM a \\\r\n AS b\r\n").instructions())
                .containsExactly(new Instruction("FROM", "a  AS b"));
    }
}
