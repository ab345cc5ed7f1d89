package io.dokploy.core.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.UnsafeSourceException;
import io.dokploy.api.source.GitSource;
import io.dokploy.core.tree.TreeLimits;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Repositories that Git itself would not have made. Nothing outside of the checkout is read or written. */
class HostileRepositoriesTest {

    @TempDir
    Path temp;

    private Git remote;
    private ObjectInserter objects;
    private GitCase git;

    @BeforeEach
    void start() throws Exception {
        remote = Git.init()
                .setDirectory(temp.resolve("remote").toFile())
                .setInitialBranch("main")
                .call();
        objects = remote.getRepository().newObjectInserter();
        git = new GitCase(temp.resolve("cache"));
    }

    @AfterEach
    void nothingCameOut() throws IOException {
        objects.close();
        remote.close();
        try (var files = Files.list(temp)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .isSubsetOf("remote", "cache", "library", "small");
        }
    }

    private record Entry(String name, FileMode mode, ObjectId id) {}

    private ObjectId blob(String text) throws IOException {
        return objects.insert(Constants.OBJ_BLOB, text.getBytes(UTF_8));
    }

    private Entry file(String name, String text) throws IOException {
        return new Entry(name, FileMode.REGULAR_FILE, blob(text));
    }

    private Entry link(String name, String target) throws IOException {
        return new Entry(name, FileMode.SYMLINK, blob(target));
    }

    private Entry folder(String name, Entry... entries) throws IOException {
        return new Entry(name, FileMode.TREE, tree(entries));
    }

    /** Entries as they are given, in whatever order and with whatever name. */
    private ObjectId tree(Entry... entries) throws IOException {
        var tree = new TreeFormatter();
        for (Entry entry : entries) {
            byte[] name = entry.name().getBytes(UTF_8);
            tree.append(name, 0, name.length, entry.mode(), entry.id(), true);
        }
        return objects.insert(tree);
    }

    private GitSource commit(Entry... entries) throws IOException {
        var commit = new CommitBuilder();
        commit.setTreeId(tree(entries));
        var mallory = new PersonIdent("Mallory", "mallory@example.com");
        commit.setAuthor(mallory);
        commit.setCommitter(mallory);
        commit.setMessage("hostile");
        ObjectId id = objects.insert(commit);
        objects.flush();
        var update = remote.getRepository().updateRef("refs/heads/main");
        update.setNewObjectId(id);
        update.forceUpdate();
        return GitSource.of("file://" + temp.resolve("remote"));
    }

    private void refused(GitSource source) {
        refused(source, "");
    }

    private void refused(GitSource source, String reason) {
        assertThatThrownBy(() -> git.checkout(source))
                .isInstanceOf(UnsafeSourceException.class)
                .hasMessageContaining(reason)
                .satisfies(e -> assertThat(git.files(name -> true))
                        .noneMatch(file -> file.toString().contains("/files/")))
                .satisfies(e ->
                        assertThat(e.getMessage().replace("\n", "").chars()).noneMatch(Character::isISOControl));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../secret", "a/../../secret", "..", "./../x", "sub/up/../../x", "loop"})
    void aLinkOutOfTheTreeOrWithoutEnd(String target) throws IOException {
        Files.createDirectories(temp.resolve("remote"));
        refused(commit(folder("a", file("b", "x")), link("loop", target), folder("sub", link("up", "."))), "link");
    }

    @Test
    void aLinkThatIsOnlyOutThroughAnotherOne() throws IOException {
        refused(commit(folder("a", folder("b", link("up", "../.."))), link("x", "a/b/up/../../secret")), "link");
    }

    @Test
    void aFileThroughALink() throws IOException {
        refused(commit(link("a", "/tmp"), folder("a", file("evil", "x"))), "twice");
        refused(commit(folder("a", file("evil", "x")), link("a", "/tmp")), "twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".git",
                ".GIT",
                ".Git",
                "git~1",
                "GIT~1",
                ".git ",
                ".git.",
                ".git::$INDEX_ALLOCATION",
                ".g\u200cit",
                "..",
                ".",
                "a\\..\\b",
                "a\nb",
                "a\u001b[2Jb",
                "a\u007fb"
            })
    void aNameThatIsNone(String name) throws IOException {
        refused(commit(file("README", "x"), folder(name, file("config", "[core]\n"))));
        refused(commit(file("README", "x"), folder("deep", file(name, "x"))));
    }

    @Test
    void theSameNameTwice() throws IOException {
        refused(commit(file("a", "one"), file("a", "two")), "twice");
    }

    @Test
    void aPathThatIsTooDeepOrANameThatIsTooLong() throws IOException {
        Entry deep = file("leaf", "x");
        for (int i = 0; i < 1200; i++) {
            deep = folder("ab", deep);
        }
        refused(commit(deep), "3000");
        refused(commit(file("x".repeat(256), "x")), "255");
    }

    @Test
    void aFileAboveTheLimitHoweverSmallItIsWhenPacked() throws IOException {
        var small = new GitCase(
                temp.resolve("small"),
                HttpSettings.of(HttpClient.newHttpClient()),
                new TreeLimits(1 << 20, 2 << 20, 50));
        var giant = commit(
                new Entry("giant", FileMode.REGULAR_FILE, objects.insert(Constants.OBJ_BLOB, new byte[12 << 20])));
        assertThatThrownBy(() -> small.checkout(giant))
                .isInstanceOf(UnsafeSourceException.class)
                .hasMessageContaining("giant");
        var many = commit(IntStream.range(100, 160)
                .mapToObj(i -> {
                    try {
                        return file("f" + i, "x");
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .toArray(Entry[]::new));
        assertThatThrownBy(() -> small.checkout(many))
                .isInstanceOf(UnsafeSourceException.class)
                .hasMessageContaining("more than 50");
    }

    @ParameterizedTest
    @CsvSource({
        "--upload-pack=touch evil, lib",
        "-uevil, lib",
        "ext::sh -c touch% evil, lib",
        "ssh://-oProxyCommand=touch evil/x, lib",
        "https://user:hunter2@example.com/x.git, lib",
        "https://hunter2@example.com/x.git, lib",
        "ftp://example.com/x, lib",
        "../../../../../../../../../../../../etc, lib"
    })
    void aSubmoduleWithAnAddressThatIsNone(String address, String path) throws IOException {
        var source = commit(
                file(".gitmodules", "[submodule \"x\"]\n\tpath = " + path + "\n\turl = \"" + address + "\"\n"),
                new Entry(path, FileMode.GITLINK, ObjectId.fromString("1".repeat(40))));
        refused(source);
        assertThatThrownBy(() -> git.checkout(source)).hasMessageNotContaining("hunter2");
    }

    @Test
    void aSubmoduleOfARemoteRepositoryIsNotReadFromThisMachine() throws IOException {
        new TestRepository(temp.resolve("library")).write("secret", "x").commit("library");
        commit(
                file(".gitmodules", "[submodule \"x\"]\n\tpath = x\n\turl = file://" + temp.resolve("library") + "\n"),
                new Entry("x", FileMode.GITLINK, ObjectId.fromString("1".repeat(40))));
        try (var server = new TestGitServer(temp)) {
            refused(GitSource.of(server.url("remote")), "file://");
        }
    }

    @Test
    void aSubmoduleWhoseNameOrPathLeadsOutIsNotThere() throws IOException {
        var library = new TestRepository(temp.resolve("library"));
        String code = library.write("code", "x").commit("library");
        String url = "file://" + temp.resolve("library");
        var source = commit(
                file(
                        ".gitmodules",
                        "[submodule \"../../evil\"]\n\tpath = x\n\turl = " + url
                                + "\n[submodule \"y\"]\n\tpath = ../../evil\n\turl = " + url + "\n"),
                new Entry("x", FileMode.GITLINK, ObjectId.fromString(code)));
        try (var checkout = git.checkout(source)) {
            assertThat(checkout.tree().list("")).isEqualTo(List.of(".gitmodules", "x"));
            assertThat(checkout.tree().read("x/code")).contains("x");
        }
    }

    @Test
    void aSubmoduleWhereTheTreeHasAFolderOfItsName() throws IOException {
        var library = new TestRepository(temp.resolve("library"));
        String code = library.write("evil", "x").commit("library");
        refused(
                commit(
                        file(
                                ".gitmodules",
                                "[submodule \"x\"]\n\tpath = x\n\turl = file://" + temp.resolve("library") + "\n"),
                        link("x", "/tmp"),
                        new Entry("x", FileMode.GITLINK, ObjectId.fromString(code))),
                "twice");
    }

    @Test
    void gitmodulesThatCannotBeReadOrIsALink() throws IOException {
        refused(commit(file(".gitmodules", "[submodule \"x")), ".gitmodules");
        try (var checkout =
                git.checkout(commit(link(".gitmodules", "README"), file("README", "[submodule \"x\"]\n")))) {
            assertThat(checkout.tree().list("")).contains("README");
        }
    }

    @Test
    void anyOtherNameIsAllowed() throws IOException {
        try (var checkout = git.checkout(commit(
                file(".gitignore", "x"),
                file(".github", "x"),
                file("-rf", "x"),
                file("a b\"'$`;|&*?[]{}~#%!", "x"),
                file("größe", "x"),
                file("gro\u0308ße", "x"),
                file("🚀 日本語", "x"),
                file("CON", "x"),
                file("con", "x")))) {
            assertThat(checkout.tree().list("")).hasSize(9).contains("🚀 日本語", "-rf");
        }
    }
}
