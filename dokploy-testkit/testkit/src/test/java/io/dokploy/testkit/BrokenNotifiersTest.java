package io.dokploy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.error.Problems;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.spi.Notifier;
import io.dokploy.spi.PluginContext;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The contract of notifiers finds each of these faults. */
class BrokenNotifiersTest {

    @Test
    void theSoundOneBreaksNothing() {
        assertThat(ContractFailures.of(HookNotifierTest.class)).isEmpty();
    }

    @Test
    void itFindsEachFault() {
        assertThat(ContractFailures.of(NeverGivesUp.class)).containsExactly("whatTheChannelDoesNotWantIsNotTriedAgain");
        assertThat(ContractFailures.of(DoesNotListen.class)).containsExactly("aBusyChannelIsTriedAgainWhenItSays");
        assertThat(ContractFailures.of(GluesJson.class)).contains("hostileTextArrivesAsText");
        assertThat(ContractFailures.of(TellsTheAnswer.class)).containsExactly("noSecretIsToldEvenIfTheChannelEchoesIt");
        assertThat(ContractFailures.of(StopsAtTheFirstMistake.class))
                .contains("allMistakesAreToldAtOnce", "settingsOfANewerVersionAreRefused");
    }

    private abstract static class Variant extends HookNotifierTest {
        @Override
        protected abstract Notifier notifier();
    }

    static class NeverGivesUp extends Variant {
        @Override
        protected Notifier notifier() {
            return new HookNotifier() {
                @Override
                Outcome outcome(HttpResponse<String> response) {
                    Outcome outcome = super.outcome(response);
                    return outcome instanceof Outcome.Rejected ? Outcome.retry("again") : outcome;
                }
            };
        }
    }

    static class DoesNotListen extends Variant {
        @Override
        protected Notifier notifier() {
            return new HookNotifier() {
                @Override
                Outcome outcome(HttpResponse<String> response) {
                    Outcome outcome = super.outcome(response);
                    return outcome instanceof Outcome.Retry retry
                            ? Outcome.retryAfter(retry.reason(), Duration.ofSeconds(1))
                            : outcome;
                }
            };
        }
    }

    static class GluesJson extends Variant {
        @Override
        protected Notifier notifier() {
            return new HookNotifier() {
                @Override
                String body(Notification notification, PluginContext context) {
                    return "{\"text\": \"" + notification.title() + " " + notification.body() + "\"}";
                }
            };
        }
    }

    static class TellsTheAnswer extends Variant {
        @Override
        protected Notifier notifier() {
            return new HookNotifier() {
                @Override
                Outcome outcome(HttpResponse<String> response) {
                    Outcome outcome = super.outcome(response);
                    return outcome instanceof Outcome.Rejected
                            ? Outcome.rejected("the channel says " + response.body())
                            : outcome;
                }
            };
        }
    }

    static class StopsAtTheFirstMistake extends Variant {
        @Override
        protected Notifier notifier() {
            return new HookNotifier() {
                @Override
                public void check(SettingsDocument settings) {
                    Problems.of("hook")
                            .require(settings.values().text("url", "").startsWith("http"), "url", "must be an address")
                            .throwIfAny();
                }
            };
        }
    }
}
