package com.example.dokploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.error.PluginMissingException;
import io.dokploy.api.source.DirectorySource;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.core.Plugins;
import io.dokploy.testkit.host.TestDokploy;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugins as a host gets them that has them in a jar beside its own class path. */
class LoadedFromItsJarIT {

    @TempDir
    private Path directory;

    private Path source;

    @BeforeEach
    void anApplicationInPython() throws IOException {
        source = Files.createDirectory(directory.resolve("source"));
        Files.writeString(source.resolve("requirements.txt"), "flask\n");
        Files.writeString(source.resolve("main.py"), "print('hello')\n");
    }

    @Test
    void theBuilderIsFoundInTheJarAndBuilds() throws IOException {
        try (var loader = new URLClassLoader(new URL[] {jar()}, new WithoutExample())) {
            try (var dokploy = TestDokploy.builder()
                    .with(builder -> builder.plugins(Plugins.discover(loader)))
                    .start()) {
                dokploy.applications()
                        .create(ApplicationSpec.named("shop")
                                .source(DirectorySource.of(source))
                                .build());
                var operation = dokploy.applications().deploy("shop");
                operation.await();
                assertThat(operation.log().lines()).anyMatch(line -> line.startsWith("Builder example-python:"));
            }
        }
    }

    @Test
    void aPluginThatCannotBeLoadedIsReportedAndTakesNoOtherWithIt() throws IOException {
        var services = Files.createDirectories(directory.resolve("broken/META-INF/services"));
        Files.writeString(services.resolve("io.dokploy.spi.Builder"), "com.example.Missing\n");
        var urls = new URL[] {directory.resolve("broken").toUri().toURL(), jar()};
        try (var loader = new URLClassLoader(urls, new WithoutExample())) {
            try (var dokploy = TestDokploy.builder()
                    .with(builder -> builder.plugins(Plugins.discover(loader)))
                    .start()) {
                dokploy.applications()
                        .create(ApplicationSpec.named("shop")
                                .source(DirectorySource.of(source))
                                .build());
                dokploy.applications().deploy("shop").await();

                var shop = dokploy.applications().get("shop");
                var missing = new SettingsDocument("missing", 1, Tree.branch().build());
                dokploy.applications()
                        .update(
                                "shop",
                                shop.version(),
                                shop.spec().toBuilder().build(() -> missing).build());
                assertThatThrownBy(() -> dokploy.applications().deploy("shop").await())
                        .isInstanceOf(PluginMissingException.class)
                        .hasMessageContaining("com.example.Missing");
            }
        }
    }

    private static URL jar() throws IOException {
        try (var files = Files.newDirectoryStream(Path.of("target"), "dokploy-example-custom-plugin-*.jar")) {
            List<Path> jars = new ArrayList<>();
            files.forEach(jars::add);
            assertThat(jars).hasSize(1);
            return jars.get(0).toUri().toURL();
        }
    }

    /** The host's class path without this module, which the test has on its own. */
    private static final class WithoutExample extends ClassLoader {

        WithoutExample() {
            super(LoadedFromItsJarIT.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.example.")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.startsWith("META-INF/services/io.dokploy.")
                    ? Collections.emptyEnumeration()
                    : super.getResources(name);
        }
    }
}
