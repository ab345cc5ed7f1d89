package io.dokploy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.value.Secret;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.database.HasDatabases;
import io.dokploy.spi.database.HasUsers;
import io.dokploy.spi.database.Login;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What a {@link io.dokploy.spi.database.DatabaseProvisioner} promises that {@linkplain HasUsers has users}, and perhaps
 * {@linkplain HasDatabases databases}: all of {@link DatabaseProvisionerContract}, and this.
 */
public abstract class DatabaseAccountsContract extends DatabaseProvisionerContract {

    private static final Secret OTHER_PASSWORD = Secret.of("0ther'w\"o\\r`d $HOME; #%&é ü/@:?=+");
    private static final Secret PASSWORD_OF_A_USER = Secret.of("us3r'w\"o\\r`d $HOME; #%&é ü/@:?=+");

    /** Statements that keep something in the database: a table with a row, a key. May be run once in each database. */
    protected abstract String write();

    /** A statement that prints what {@link #write} has kept, and fails or prints nothing if that is not there. */
    protected abstract String read();

    /** Names that a user may give to a database and that are hard to dump. */
    protected List<String> hostileNames() {
        return List.of("-it's \"one\"; DROP `x` $HOME \\n ü", "two\nlines\tof 'names'");
    }

    /**
     * A statement that prints what the server has logged of statements, if that is not in its output. The {@link #spec} or
     * the {@link #hostileData} should switch such a log on.
     */
    protected Optional<String> loggedStatements() {
        return Optional.empty();
    }

    @Test
    void aChangedPasswordIsTheOnlyOneThatIsAccepted() {
        var user = login().user();
        try {
            runAll(users().changePassword(login(), user, OTHER_PASSWORD));
            assertThat(accepts(login())).as("the former password").isFalse();
            assertThat(accepts(login().with(OTHER_PASSWORD))).isTrue();
            runAll(users().changePassword(login().with(OTHER_PASSWORD), user, OTHER_PASSWORD));
            assertThat(accepts(login().with(OTHER_PASSWORD)))
                    .as("after the same change again")
                    .isTrue();
        } finally {
            runAll(users().changePassword(login().with(OTHER_PASSWORD), user, PASSWORD));
        }
        assertThat(accepts(login())).isTrue();
        assertNotLogged(user, OTHER_PASSWORD);
    }

    @Test
    void noPasswordIsInAnArgument() {
        var user = new Login("bob", PASSWORD_OF_A_USER, login().database());
        var commands = new ArrayList<>(users().changePassword(login(), "bob", OTHER_PASSWORD));
        commands.add(users().createUser(login(), user));
        assertThat(commands)
                .allSatisfy(command -> assertThat(command.arguments())
                        .noneMatch(argument -> argument.contains(PASSWORD.reveal())
                                || argument.contains(OTHER_PASSWORD.reveal())
                                || argument.contains(PASSWORD_OF_A_USER.reveal())));
    }

    @Test
    void aUserMayDoAllInTheirDatabaseUntilTheyAreDropped() {
        var before = login();
        if (provisioner() instanceof HasDatabases databases) {
            run(databases.createDatabase(login(), "Team_1"));
            before = in("Team_1");
        }
        var user = new Login("Bob_2", PASSWORD_OF_A_USER, before.database());
        run(users().createUser(login(), user));
        assertThat(users().users(login()))
                .satisfies(command -> assertThat(run(command).lines()).contains("Bob_2", login().user()));
        assertThat(accepts(user)).isTrue();
        assertThat(client(user, write()).exitCode()).isZero();
        assertThat(client(user, read()).text()).isNotBlank();

        runAll(users().changePassword(login(), "Bob_2", OTHER_PASSWORD));
        assertThat(accepts(user)).isFalse();
        assertThat(accepts(user.with(OTHER_PASSWORD))).isTrue();

        runAll(drop("Bob_2"));
        assertThat(accepts(user.with(OTHER_PASSWORD))).isFalse();
        assertThat(run(users().users(login())).lines()).doesNotContain("Bob_2");
        assertThat(client(before, read()).text()).as("what the user has made").isNotBlank();
        assertNotLogged("Bob_2", PASSWORD_OF_A_USER);
        assertThat(drop("Bob_2"))
                .as("nobody is dropped twice")
                .anyMatch(command -> source().execute(command, new byte[0]).exitCode() != 0);
    }

    @Test
    void aUserSeesNothingOfOtherDatabases() {
        if (provisioner() instanceof HasDatabases databases) {
            run(databases.createDatabase(login(), "mine"));
            run(databases.createDatabase(login(), "theirs"));
            assertThat(client(in("theirs"), write()).exitCode()).isZero();
            run(users().createUser(login(), new Login("eve", PASSWORD_OF_A_USER, "mine")));
            var there = new Login("eve", PASSWORD_OF_A_USER, "theirs");
            assertThat(client(there, read()).exitCode()).isNotZero();
            runAll(drop("eve"));
        }
    }

    @Test
    void aDatabaseIsThereUntilItIsDropped() {
        if (provisioner() instanceof HasDatabases databases) {
            run(databases.createDatabase(login(), "Second_1"));
            assertThat(run(databases.databases(login())).lines()).contains("Second_1", login().database());
            assertThat(client(in("Second_1"), write()).exitCode()).isZero();
            assertThat(client(in("Second_1"), read()).text()).isNotBlank();
            assertThat(source().execute(databases.createDatabase(login(), "Second_1"), new byte[0])
                            .exitCode())
                    .as("none is made twice")
                    .isNotZero();
            run(databases.dropDatabase(login(), "Second_1"));
            assertThat(run(databases.databases(login())).lines()).doesNotContain("Second_1");
            assertThat(source().execute(databases.dropDatabase(login(), "Second_1"), new byte[0])
                            .exitCode())
                    .as("none is dropped twice")
                    .isNotZero();
        }
    }

    @Test
    void furtherDatabasesAreDumpedAndComeBackWhateverTheirNamesAre() throws Exception {
        if (provisioner() instanceof HasDatabases databases) {
            var names = hostileNames();
            try {
                for (String name : names) {
                    run(databases.createDatabase(login(), name));
                    assertThat(client(in(name), write()).exitCode()).isZero();
                }
                assertThat(run(databases.databases(login())).split("\n"))
                        .containsAll(names.stream()
                                .map(DatabaseAccountsContract::inOneLine)
                                .toList());
                var parts = databases.dump(spec(), version(), login(), names);
                assertNamesOfTheirOwn(parts);
                assertThat(parts.stream().flatMap(part -> part.database().stream()))
                        .containsExactlyElementsOf(names);

                var copy = restored(dumped(parts));

                for (String name : names) {
                    assertThat(said(copy, provisioner().client(in(name)), read()))
                            .as(name)
                            .isNotBlank()
                            .isEqualTo(client(in(name), read()).text());
                    assertThat(said(copy, provisioner().counts(in(name)), ""))
                            .as(name)
                            .isNotBlank()
                            .isEqualTo(run(provisioner().counts(in(name))));
                }
                assertSame("the spec's database", source().run(everything()), copy.run(everything()));
            } finally {
                names.forEach(name -> source().execute(databases.dropDatabase(login(), name), new byte[0]));
            }
        }
    }

    @Test
    void withoutFurtherDatabasesTheDumpIsThatOfTheFirst() {
        if (provisioner() instanceof HasDatabases databases) {
            assertThat(databases.dump(spec(), version(), login(), List.of()))
                    .isEqualTo(provisioner().dump(spec(), version(), login()));
        }
    }

    private static String inOneLine(String name) {
        return name.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
    }

    private static String said(TestDatabase database, EngineCommand command, String input) {
        var result = database.execute(command, input.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(result.exitCode()).as(result.errors()).isZero();
        return result.text();
    }

    /** By its beginning, which looks the same however the rest is quoted. */
    private void assertNotLogged(String user, Secret password) {
        var beginning = password.reveal().substring(0, 5);
        assertThat(source().log()).isNotBlank().doesNotContain(beginning);
        loggedStatements()
                .map(source()::run)
                .ifPresent(log -> assertThat(log).contains(user).doesNotContain(beginning));
    }

    private HasUsers users() {
        assertThat(provisioner()).isInstanceOf(HasUsers.class);
        return (HasUsers) provisioner();
    }

    private Login in(String database) {
        return new Login(login().user(), login().password(), database);
    }

    private List<EngineCommand> drop(String user) {
        var all = provisioner() instanceof HasDatabases databases
                ? run(databases.databases(login())).lines().toList()
                : List.of(login().database());
        return users().dropUser(login(), user, all);
    }

    private void runAll(List<EngineCommand> commands) {
        commands.forEach(this::run);
    }

    private String run(EngineCommand command) {
        var result = source().execute(command, new byte[0]);
        assertThat(result.exitCode()).as(result.errors()).isZero();
        return result.text();
    }

    /** As a program does that comes over the network. */
    private boolean accepts(Login login) {
        return source().execute(provisioner().serverVersion(overTheNetwork(login)), new byte[0])
                        .exitCode()
                == 0;
    }

    private TestDatabase.Result client(Login login, String statements) {
        return source().execute(
                        provisioner().client(overTheNetwork(login)),
                        statements.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private Login overTheNetwork(Login login) {
        return login.at(source().address(), source().port());
    }
}
