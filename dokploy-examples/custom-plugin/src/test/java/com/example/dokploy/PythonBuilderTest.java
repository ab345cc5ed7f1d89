package com.example.dokploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.value.SettingsDocument;
import io.dokploy.spi.Builder;
import io.dokploy.testkit.BuilderContract;
import io.dokploy.testkit.TestTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class PythonBuilderTest extends BuilderContract {

    @Override
    protected Builder builder() {
        return new PythonBuilder();
    }

    @Override
    protected TestTree matchingTree() {
        return TestTree.of("main.py", "print(1)\n").with("web/app.py", "print(2)\n");
    }

    @Override
    protected TestTree foreignTree() {
        return TestTree.of("Main.java", "class Main {}\n");
    }

    @Override
    protected List<SettingsDocument> settings() {
        return List.of(
                PythonSettings.defaults().main("web/app.py").toDocument(),
                PythonSettings.defaults().python("3.12").toDocument());
    }

    @Override
    protected Input incomplete() {
        var settings = PythonSettings.defaults().main("missing.py");
        return new Input(matchingTree(), Optional.of(settings.toDocument()));
    }

    @Test
    void itIsFoundByServiceLoader() {
        assertThat(ServiceLoader.load(Builder.class)).hasAtLeastOneElementOfType(PythonBuilder.class);
    }

    @Test
    void requirementsAreInstalledWhereThereAreSome() {
        try (var tree = matchingTree().with("requirements.txt", "flask\n")) {
            assertThat(builder()
                            .plan(tree, Optional.empty(), Map.of(), context())
                            .fingerprint())
                    .contains("pip install");
        }
    }
}
