package io.dokploy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.application.HttpHealthCheck;
import io.dokploy.spi.ApplicationRef;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.Router;
import io.dokploy.testkit.engine.InMemoryEngine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of routers finds each of these faults. */
class BrokenRoutersTest {

    @Test
    void theSoundOneBreaksNothing() {
        assertThat(ContractFailures.of(InMemoryRouterTest.class)).isEmpty();
    }

    @Test
    void itFindsEachFault() {
        assertThat(ContractFailures.of(KnowsNoEpoch.class)).containsExactly("anOlderEpochIsRefusedAndChangesNothing");
        assertThat(ContractFailures.of(KeepsTheFirst.class)).contains("aNewRevisionTakesTheOldOnesPlace");
        assertThat(ContractFailures.of(ThrowsAtTheDead.class))
                .containsExactly("aCandidateIsReachedByItsPrivateRouteOnly");
        assertThat(ContractFailures.of(ListsEveryStore.class)).contains("anotherStoreSeesNothingOfOurs");
        assertThat(ContractFailures.of(TemplatesItsText.class)).containsExactly("hostileTextsAreOnlyTexts");
        assertThat(ContractFailures.of(WithdrawsAll.class)).containsExactly("whatIsWithdrawnIsGoneAndTheOthersStay");
    }

    static class KnowsNoEpoch extends InMemoryRouterTest {
        @Override
        Router router(InMemoryEngine asked) {
            return new InMemoryRouter(asked.script()) {
                @Override
                public synchronized void publish(Routes next) {
                    super.withdraw(next.application());
                    super.publish(next);
                }
            };
        }
    }

    static class KeepsTheFirst extends InMemoryRouterTest {
        @Override
        Router router(InMemoryEngine asked) {
            return new InMemoryRouter(asked.script()) {
                @Override
                public synchronized void publish(Routes next) {
                    if (published(next.application()).isEmpty()) {
                        super.publish(next);
                    }
                }
            };
        }
    }

    static class ThrowsAtTheDead extends InMemoryRouterTest {
        @Override
        Router router(InMemoryEngine asked) {
            return new InMemoryRouter(asked.script()) {
                @Override
                public Answer probe(Candidate candidate, HttpHealthCheck check, PluginContext context) {
                    Answer answer = super.probe(candidate, check, context);
                    if (answer.status() == 0) {
                        throw new IllegalStateException(answer.problem());
                    }
                    return answer;
                }
            };
        }
    }

    static class ListsEveryStore extends InMemoryRouterTest {
        @Override
        Router router(InMemoryEngine asked) {
            return new InMemoryRouter(asked.script()) {
                @Override
                public synchronized List<Published> all(String instance) {
                    return super.all("testkit");
                }
            };
        }
    }

    /** As one that writes texts into a file that is a template. */
    static class TemplatesItsText extends InMemoryRouterTest {
        @Override
        Router router(InMemoryEngine asked) {
            return new InMemoryRouter(asked.script()) {
                @Override
                public synchronized void publish(Routes next) {
                    if (!next.domains().toString().contains("{{ nonsense")) {
                        super.publish(next);
                    }
                }
            };
        }
    }

    static class WithdrawsAll extends InMemoryRouterTest {
        @Override
        Router router(InMemoryEngine asked) {
            return new InMemoryRouter(asked.script()) {
                @Override
                public synchronized void withdraw(ApplicationRef application) {
                    all("testkit")
                            .forEach(one -> super.withdraw(new ApplicationRef(
                                    "testkit", new io.dokploy.api.ApplicationId(one.applicationId()), "p", "e", "n")));
                }
            };
        }
    }
}
