package io.dokploy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.error.BuildFailedException;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.spi.Builder;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.SourceTree;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of builders finds each of these faults. */
class BrokenBuildersTest {

    @Test
    void theSoundOneBreaksNothing() {
        assertThat(ContractFailures.of(GreetingBuilderTest.class)).isEmpty();
    }

    @Test
    void itFindsEachFault() {
        assertThat(ContractFailures.of(ForgetsTheTag.class)).contains("aBuildMakesAnImageWithItsTagAndLabels");
        assertThat(ContractFailures.of(WritesIntoTheTree.class)).contains("lookingChangesNothing");
        assertThat(ContractFailures.of(NeverPlansTheSame.class))
                .contains("aPlanIsTheSameEachTimeAndBuildsNothing", "anotherTreeAloneDoesNotChangeTheFingerprint");
        assertThat(ContractFailures.of(IgnoresItsSettings.class))
                .contains("otherSettingsMakeAnotherPlan", "settingsOfANewerVersionAreRefused");
        assertThat(ContractFailures.of(SwallowsTheFailure.class)).contains("aFailedBuildIsToldAsOne");
        assertThat(ContractFailures.of(IsDeafToCancel.class)).contains("aCancelledBuildMakesNothing");
        assertThat(ContractFailures.of(PrintsSecrets.class)).contains("aSecretIsSeenNowhere");
        assertThat(ContractFailures.of(TakesEverything.class)).contains("itLeavesOtherTreesAloneAndSaysWhy");
    }

    static class ForgetsTheTag extends GreetingBuilderTest {
        @Override
        protected Builder builder() {
            return new GreetingBuilder() {
                @Override
                public String build(BuildRequest request, PluginContext context) {
                    return super.build(changed(request, request.settings(), "another:tag"), context);
                }
            };
        }
    }

    static class WritesIntoTheTree extends GreetingBuilderTest {
        @Override
        protected Builder builder() {
            return new GreetingBuilder() {
                @Override
                public Detection detect(SourceTree tree) {
                    ((TestTree) tree).with("seen.txt", UUID.randomUUID().toString());
                    return super.detect(tree);
                }
            };
        }
    }

    static class NeverPlansTheSame extends GreetingBuilderTest {
        @Override
        protected Builder builder() {
            return new GreetingBuilder() {
                @Override
                public BuildPlan plan(
                        SourceTree tree,
                        Optional<SettingsDocument> settings,
                        Map<String, String> buildArgs,
                        PluginContext context) {
                    BuildPlan plan = super.plan(tree, settings, buildArgs, context);
                    return new BuildPlan(UUID.randomUUID().toString(), plan.baseImages(), plan.usesBuildArgs());
                }
            };
        }
    }

    static class IgnoresItsSettings extends GreetingBuilderTest {
        @Override
        protected Builder builder() {
            return new GreetingBuilder() {
                @Override
                public BuildPlan plan(
                        SourceTree tree,
                        Optional<SettingsDocument> settings,
                        Map<String, String> buildArgs,
                        PluginContext context) {
                    return super.plan(tree, Optional.empty(), buildArgs, context);
                }
            };
        }
    }

    static class SwallowsTheFailure extends GreetingBuilderTest {
        @Override
        protected Builder builder() {
            return new GreetingBuilder() {
                @Override
                public String build(BuildRequest request, PluginContext context) {
                    try {
                        return super.build(request, context);
                    } catch (BuildFailedException e) {
                        return "";
                    }
                }
            };
        }
    }

    static class IsDeafToCancel extends GreetingBuilderTest {
        @Override
        protected Builder builder() {
            return new GreetingBuilder() {
                @Override
                public String build(BuildRequest request, PluginContext context) {
                    return super.build(request, TestContext.of(context.engine()));
                }
            };
        }
    }

    static class PrintsSecrets extends GreetingBuilderTest {
        @Override
        protected Builder builder() {
            return new GreetingBuilder() {
                @Override
                public String build(BuildRequest request, PluginContext context) {
                    request.secrets().values().stream()
                            .map(Secret::reveal)
                            .forEach(value -> context.progress().line("with " + value));
                    return super.build(request, context);
                }
            };
        }
    }

    static class TakesEverything extends GreetingBuilderTest {
        @Override
        protected Builder builder() {
            return new GreetingBuilder() {
                @Override
                public Detection detect(SourceTree tree) {
                    return Detection.yes(100, "it is mine");
                }
            };
        }
    }

    private static Builder.BuildRequest changed(
            Builder.BuildRequest request, Optional<SettingsDocument> settings, String tag) {
        return new Builder.BuildRequest(
                request.tree(),
                settings,
                tag,
                request.buildArgs(),
                request.secrets(),
                request.labels(),
                request.noCache());
    }
}
