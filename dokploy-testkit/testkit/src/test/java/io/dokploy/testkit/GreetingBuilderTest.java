package io.dokploy.testkit;

import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.Builder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class GreetingBuilderTest extends BuilderContract {

    @Override
    protected Builder builder() {
        return new GreetingBuilder();
    }

    @Override
    protected TestTree matchingTree() {
        return TestTree.of(Map.of("greeting.txt", "Hello\n", "other.txt", "Hi\n"));
    }

    @Override
    protected TestTree foreignTree() {
        return TestTree.of("package.json", "{}");
    }

    @Override
    protected List<SettingsDocument> settings() {
        return List.of(settings("file", "other.txt"), settings("base", "alpine:3"));
    }

    @Override
    protected Input incomplete() {
        return new Input(TestTree.empty(), Optional.empty());
    }

    private static SettingsDocument settings(String name, String value) {
        return new SettingsDocument(
                "greeting", 1, Tree.branch().put(name, value).build());
    }
}
