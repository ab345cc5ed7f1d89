package io.dokploy.backup.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.spi.backup.ObjectKey;
import java.nio.file.Path;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ObjectKeyPropertiesTest {

    private static final Path ROOT = Path.of("/srv/backups");

    @Property
    void whatIsTakenIsAFileBelowTheFolder(@ForAll("hostile") String text) {
        taken(text).ifPresent(key -> {
            Path file = new Folder(ROOT, false).file(key);
            assertThat(file).startsWithRaw(ROOT).isEqualTo(file.normalize()).isNotEqualTo(ROOT);
            assertThat(ROOT.relativize(file)).hasToString(key);
            assertThat(key.indexOf(Folder.UNFINISHED)).isNegative();
        });
    }

    @Property
    void usualNamesAreTaken(@ForAll("names") String key) {
        assertThat(taken(key)).contains(key);
        assertThat(ObjectKey.checkedPrefix(key + "/")).isEqualTo(key + "/");
    }

    private static Optional<String> taken(String text) {
        try {
            return Optional.of(ObjectKey.checked(text));
        } catch (InvalidSpecException e) {
            return Optional.empty();
        }
    }

    @Provide
    Arbitrary<String> hostile() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20),
                Arbitraries.strings().withChars("./\\~a:\0 %").ofMaxLength(12));
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("0123456789-_")
                .ofMinLength(1)
                .ofMaxLength(30)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(names -> String.join("/", names));
    }
}
