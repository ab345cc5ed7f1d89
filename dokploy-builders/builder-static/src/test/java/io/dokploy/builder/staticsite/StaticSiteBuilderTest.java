package io.dokploy.builder.staticsite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.SourceNotFoundException;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.spi.Builder;
import io.dokploy.spi.Builder.Detection;
import io.dokploy.testkit.BuilderContract;
import io.dokploy.testkit.TestTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class StaticSiteBuilderTest extends BuilderContract {

    @Override
    protected Builder builder() {
        return new StaticSiteBuilder();
    }

    @Override
    protected TestTree matchingTree() {
        return TestTree.of("index.html", "<h1>hello</h1>").with("public/index.html", "<h1>public</h1>");
    }

    @Override
    protected TestTree foreignTree() {
        return TestTree.of("main.py", "print(1)\n").with("src/index.html", "");
    }

    @Override
    protected List<SettingsDocument> settings() {
        return List.of(
                StaticSettings.builder().publishDirectory("public").build().toDocument(),
                StaticSettings.builder().singlePageApplication().build().toDocument(),
                StaticSettings.builder().port(80).build().toDocument(),
                StaticSettings.builder().notFoundPage("index.html").build().toDocument(),
                StaticSettings.builder().baseImage("nginx:1.28").build().toDocument());
    }

    @Override
    protected Input incomplete() {
        var settings = StaticSettings.builder().publishDirectory("dist").build();
        return new Input(matchingTree(), Optional.of(settings.toDocument()));
    }

    @Test
    void itIsFoundByServiceLoader() {
        assertThat(ServiceLoader.load(Builder.class)).hasAtLeastOneElementOfType(StaticSiteBuilder.class);
    }

    @Test
    void itIsALastResortAndSaysWhatItFound() {
        try (var tree = TestTree.of("dist/index.html", "").with("build/index.html", "")) {
            assertThat(builder().detect(tree)).isEqualTo(Detection.yes(10, "found index.html in dist"));
        }
    }

    @Test
    void whatIsNamedMustBeThere() {
        try (var tree = matchingTree()) {
            assertThatThrownBy(() -> plan(tree, StaticSettings.builder().publishDirectory("dist")))
                    .isInstanceOf(SourceNotFoundException.class)
                    .hasMessageContaining("static site \"dist\": there is no index.html");
            assertThatThrownBy(() -> plan(tree, StaticSettings.builder().notFoundPage("missing.html")))
                    .isInstanceOf(SourceNotFoundException.class)
                    .hasMessageContaining("page \"missing.html\"");
        }
        try (var tree = foreignTree()) {
            assertThatThrownBy(() -> plan(tree, StaticSettings.builder()))
                    .isInstanceOf(SourceNotFoundException.class)
                    .hasMessageContaining("public, dist, build, site");
        }
    }

    @Test
    void theBaseImageTakesPartAndBuildArgumentsDoNot() {
        try (var tree = matchingTree()) {
            var plan = plan(tree, StaticSettings.builder());

            assertThat(plan.baseImages()).containsExactly("nginx:1.29-alpine");
            assertThat(plan.usesBuildArgs()).isFalse();
        }
    }

    private Builder.BuildPlan plan(TestTree tree, StaticSettings.Builder settings) {
        return builder().plan(tree, Optional.of(settings.build().toDocument()), Map.of(), context());
    }
}
