package io.dokploy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.value.SettingsDocument;
import io.dokploy.spi.backup.BackupTarget;
import io.dokploy.spi.backup.BackupTarget.Upload;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of backup targets finds each of these faults. */
class BrokenTargetsTest {

    @Test
    void theSoundOneBreaksNothing() {
        assertThat(ContractFailures.of(MemoryTargetTest.class)).isEmpty();
    }

    @Test
    void itFindsEachFault() {
        assertThat(ContractFailures.of(ShowsTooEarly.class)).contains("nothingIsSeenBeforeTheCommit");
        assertThat(ContractFailures.of(KeepsWhatWasGivenUp.class))
                .contains("closingWithoutCommitTakesBackAllThatWasWritten");
        assertThat(ContractFailures.of(LosesTheEnd.class)).contains("anObjectIsReadBackAsItWasWritten");
        assertThat(ContractFailures.of(ListsBackwards.class))
                .containsExactlyInAnyOrder(
                        "objectsAreListedByTheBeginningOfTheirKeys",
                        "thousandsOfObjectsAreListedInOrder",
                        "aListenerThatFailsEndsTheListing",
                        "onlyUnfinishedUploadsThatAreOlderAreAborted");
        assertThat(ContractFailures.of(ListsWholeNamesOnly.class))
                .contains("objectsAreListedByTheBeginningOfTheirKeys", "thousandsOfObjectsAreListedInOrder");
        assertThat(ContractFailures.of(TakesAnyKey.class)).containsExactly("hostileKeysAreRefused");
        assertThat(ContractFailures.of(AbortsWhatIsNew.class))
                .containsExactly("onlyUnfinishedUploadsThatAreOlderAreAborted");
        assertThat(ContractFailures.of(ReadsWhatIsMissing.class)).contains("whatIsNotThereIsSaidToBeMissing");
        assertThat(ContractFailures.of(TellsThePassword.class))
                .containsExactly("aPlaceThatIsNotThereIsAnIoErrorThatTellsNoSecret");
        assertThat(ContractFailures.of(ChecksNothing.class))
                .containsExactlyInAnyOrder("allMistakesAreToldAtOnce", "settingsOfANewerVersionAreRefused");
    }

    static class ShowsTooEarly extends MemoryTargetTest {
        @Override
        BackupTarget broken() {
            return new MemoryTarget() {
                @Override
                void written(Upload upload) {
                    var memory = (MemoryUpload) upload;
                    store(memory.key, memory.bytes.toByteArray());
                }
            };
        }
    }

    static class KeepsWhatWasGivenUp extends MemoryTargetTest {
        @Override
        BackupTarget broken() {
            return new MemoryTarget() {
                @Override
                void closed(Upload upload) {
                    var memory = (MemoryUpload) upload;
                    store(memory.key, memory.bytes.toByteArray());
                }
            };
        }
    }

    static class LosesTheEnd extends MemoryTargetTest {
        @Override
        BackupTarget broken() {
            return new MemoryTarget() {
                @Override
                byte[] content(ByteArrayOutputStream written) {
                    return Arrays.copyOf(written.toByteArray(), written.size() / 4096 * 4096);
                }
            };
        }
    }

    static class ListsBackwards extends MemoryTargetTest {
        @Override
        BackupTarget broken() {
            return new MemoryTarget() {
                @Override
                Stream<String> ordered(Stream<String> keys) {
                    return keys.sorted(Comparator.reverseOrder());
                }
            };
        }
    }

    static class ListsWholeNamesOnly extends MemoryTargetTest {
        @Override
        BackupTarget broken() {
            return new MemoryTarget() {
                @Override
                boolean matches(String key, String prefix) {
                    return prefix.endsWith("/") && key.startsWith(prefix);
                }
            };
        }
    }

    static class TakesAnyKey extends MemoryTargetTest {
        @Override
        BackupTarget broken() {
            return new MemoryTarget() {
                @Override
                String checked(String key) {
                    return key;
                }
            };
        }
    }

    static class AbortsWhatIsNew extends MemoryTargetTest {
        @Override
        BackupTarget broken() {
            return new MemoryTarget() {
                @Override
                boolean isOld(Instant began, Instant before) {
                    return true;
                }
            };
        }
    }

    static class ReadsWhatIsMissing extends MemoryTargetTest {
        @Override
        BackupTarget broken() {
            return new MemoryTarget() {
                @Override
                InputStream missing(String key) {
                    return InputStream.nullInputStream();
                }
            };
        }
    }

    static class TellsThePassword extends MemoryTargetTest {
        @Override
        BackupTarget broken() {
            return new MemoryTarget() {
                @Override
                String unreachable(SettingsDocument settings) {
                    return "could not log in with "
                            + settings.values().secret("password").orElseThrow().reveal();
                }
            };
        }
    }

    static class ChecksNothing extends MemoryTargetTest {
        @Override
        BackupTarget broken() {
            return new MemoryTarget() {
                @Override
                public void check(SettingsDocument settings) {}
            };
        }
    }
}
