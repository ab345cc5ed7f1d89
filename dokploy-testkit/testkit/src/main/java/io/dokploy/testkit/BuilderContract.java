package io.dokploy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.BuildFailedException;
import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.EngineUnavailableException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.spi.Builder;
import io.dokploy.spi.Builder.BuildPlan;
import io.dokploy.spi.Builder.BuildRequest;
import io.dokploy.spi.Builder.Detection;
import io.dokploy.spi.SourceTree;
import io.dokploy.spi.engine.ImageInfo;
import io.dokploy.testkit.engine.EngineOperation;
import io.dokploy.testkit.engine.InMemoryEngine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Builder} promises, tested with the in-memory engine. Inherit it and give the builder, trees and
 * settings; what the built image does is tested beside it, with a real engine.
 */
public abstract class BuilderContract {

    private static final String TAG = "dokploy-testkit/built:1";

    private final InMemoryEngine engine = InMemoryEngine.create();
    private final TestContext context = TestContext.of(engine);
    private final List<TestTree> trees = new ArrayList<>();

    /** A tree and settings that belong together. */
    public record Input(TestTree tree, Optional<SettingsDocument> settings) {}

    /** The builder under test; a new one for each call, as after a restart. */
    protected abstract Builder builder();

    /** A tree that it recognises and can build with its defaults. */
    protected abstract TestTree matchingTree();

    /** A tree of something else, that it does not recognise. */
    protected abstract TestTree foreignTree();

    /** At least two settings with which {@link #matchingTree()} can be built; each makes another image than the defaults. */
    protected abstract List<SettingsDocument> settings();

    /** Something that cannot be built since it lacks what the settings name: a file, a folder. */
    protected abstract Input incomplete();

    /** The context of the calls. */
    protected final TestContext context() {
        return context;
    }

    @AfterEach
    void removeWhatTheTestMade() {
        trees.forEach(TestTree::close);
        context.close();
        engine.close();
    }

    @Test
    void itsIdIsStableAndLowerCase() {
        assertThat(builder().id())
                .matches("[a-z][a-z0-9-]*")
                .isEqualTo(builder().id());
    }

    @Test
    void itRecognisesItsTreeAndSaysWhy() {
        Detection detection = builder().detect(tree());
        assertThat(detection.matches()).as(detection.reason()).isTrue();
        assertThat(detection.score()).isBetween(1, 100);
        assertThat(detection.reason()).isNotBlank();
    }

    @Test
    void itLeavesOtherTreesAloneAndSaysWhy() {
        for (SourceTree other : List.of(keep(foreignTree()), keep(TestTree.empty()))) {
            Detection detection = builder().detect(other);
            assertThat(detection.matches()).as(detection.reason()).isFalse();
            assertThat(detection.reason()).isNotBlank();
        }
    }

    @Test
    void lookingChangesNothing() {
        SourceTree tree = tree();
        String before = tree.hash();
        assertThat(builder().detect(tree)).isEqualTo(builder().detect(tree));
        assertThat(tree.hash()).isEqualTo(before);
    }

    @Test
    void aPlanIsTheSameEachTimeAndBuildsNothing() {
        SourceTree tree = tree();
        String before = tree.hash();
        BuildPlan plan = builder().plan(tree, Optional.empty(), Map.of(), context);
        assertThat(builder().plan(tree, Optional.empty(), Map.of(), context)).isEqualTo(plan);
        assertThat(plan.fingerprint()).isNotBlank();
        assertThat(plan.baseImages()).allSatisfy(image -> assertThat(image).matches("\\S+"));
        assertThat(tree.hash()).isEqualTo(before);
        assertThat(engine.script().calls(EngineOperation.BUILD)).isZero();
    }

    @Test
    void anotherTreeAloneDoesNotChangeTheFingerprint() {
        TestTree tree = tree();
        String fingerprint =
                builder().plan(tree, Optional.empty(), Map.of(), context).fingerprint();
        tree.with("dokploy-testkit-unrelated.txt", "the tree has a hash of its own");
        assertThat(builder().plan(tree, Optional.empty(), Map.of(), context).fingerprint())
                .isEqualTo(fingerprint);
    }

    @Test
    void otherSettingsMakeAnotherPlan() {
        SourceTree tree = tree();
        Set<BuildPlan> plans = new HashSet<>();
        plans.add(builder().plan(tree, Optional.empty(), Map.of(), context));
        for (SettingsDocument document : settings()) {
            assertThat(plans.add(builder().plan(tree, Optional.of(document), Map.of(), context)))
                    .as("the plan for %s differs from all others", document.values())
                    .isTrue();
        }
        assertThat(settings()).as("settings to compare").hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void whatIsMissingIsSaidBeforeTheBuild() {
        Input input = incomplete();
        keep(input.tree());
        assertThatThrownBy(() -> builder().plan(input.tree(), input.settings(), Map.of(), context))
                .isInstanceOf(UserErrorException.class)
                .satisfies(
                        error -> assertThat(((DokployException) error).failure().remedy())
                                .isNotBlank());
        assertThat(engine.script().calls(EngineOperation.BUILD)).isZero();
    }

    @Test
    void settingsOfANewerVersionAreRefused() {
        SettingsDocument known = settings().get(0);
        var newer = new SettingsDocument(known.plugin(), 999, known.values());
        SourceTree tree = tree();
        assertThatThrownBy(() -> builder().plan(tree, Optional.of(newer), Map.of(), context))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("999");
        assertThatThrownBy(() -> builder().build(request(tree, Optional.of(newer)), context))
                .isInstanceOf(UserErrorException.class);
    }

    @Test
    void aBuildMakesAnImageWithItsTagAndLabels() {
        List<Optional<SettingsDocument>> all = new ArrayList<>(List.of(Optional.empty()));
        settings().forEach(document -> all.add(Optional.of(document)));
        for (Optional<SettingsDocument> document : all) {
            String id = builder().build(request(tree(), document), context);
            ImageInfo image = engine.inspectImage(TAG).orElseThrow(() -> new AssertionError("no image has the tag"));
            assertThat(image.id()).as("the returned id").isEqualTo(id);
            assertThat(image.labels()).containsEntry("made-by", "testkit");
        }
        assertThat(context.progressLines()).as("progress").isNotEmpty();
    }

    @Test
    void theSameBuildTwiceMakesTheSameImage() {
        SourceTree tree = tree();
        String first = builder().build(request(tree, Optional.empty()), context);
        assertThat(builder().build(request(tree, Optional.empty()), context)).isEqualTo(first);
    }

    @Test
    void aBuildLeavesTheTreeAsItIs() {
        SourceTree tree = tree();
        String before = tree.hash();
        builder().build(request(tree, Optional.empty()), context);
        assertThat(tree.hash()).isEqualTo(before);
    }

    @Test
    void aFailedBuildIsToldAsOne() {
        engine.script()
                .failNext(
                        EngineOperation.BUILD, new BuildFailedException("build", "the last lines: no space", "Look."));
        assertThatThrownBy(() -> builder().build(request(tree(), Optional.empty()), context))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("the last lines: no space");
    }

    @Test
    void anEngineThatIsAwayIsTemporary() {
        engine.script()
                .failAlways(EngineOperation.BUILD, new EngineUnavailableException("engine", "it is away", "Wait."));
        assertThatThrownBy(() -> builder().build(request(tree(), Optional.empty()), context))
                .isInstanceOfSatisfying(
                        DokployException.class,
                        error -> assertThat(error.failure().category()).isEqualTo(Failure.Category.TEMPORARY));
    }

    @Test
    void aCancelledBuildMakesNothing() {
        context.cancelToken().cancel();
        assertThatThrownBy(() -> builder().build(request(tree(), Optional.empty()), context))
                .isInstanceOf(CancelledException.class);
        assertThat(engine.inspectImage(TAG)).isEmpty();
        assertThat(context.cancelToken().registrations()).isZero();
    }

    @Test
    void aSecretIsSeenNowhere() {
        String value = "secret-value-4711";
        var request = new BuildRequest(
                tree(),
                Optional.empty(),
                TAG,
                Map.of(),
                Map.of("TESTKIT_TOKEN", Secret.of(value)),
                Map.of("made-by", "testkit"),
                false);
        builder().build(request, context);
        ImageInfo image = engine.inspectImage(TAG).orElseThrow();
        assertThat(image.labels().toString()).doesNotContain(value);
        assertThat(context.progressLines()).noneMatch(line -> line.contains(value));
    }

    private TestTree tree() {
        return keep(matchingTree());
    }

    private TestTree keep(TestTree tree) {
        trees.add(tree);
        return tree;
    }

    private static BuildRequest request(SourceTree tree, Optional<SettingsDocument> settings) {
        return new BuildRequest(tree, settings, TAG, Map.of(), Map.of(), Map.of("made-by", "testkit"), false);
    }
}
