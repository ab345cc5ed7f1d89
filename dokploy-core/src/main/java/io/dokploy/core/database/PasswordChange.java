package io.dokploy.core.database;

import io.dokploy.api.database.Database;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.NotRunningException;
import io.dokploy.api.error.TemporaryException;
import io.dokploy.api.value.Secret;
import io.dokploy.core.store.DatabaseTable;
import io.dokploy.spi.database.ChangesPasswords;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.database.Login;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Gives the user of a database another password. The new one is kept beside the former one before the engine hears of it,
 * so that after a crash it can be seen which of them the engine accepts, and nobody is locked out.
 */
final class PasswordChange {

    private final DatabaseJob job;
    private final DatabaseTable table;

    PasswordChange(DatabaseJob job) {
        this.job = job;
        this.table = job.platform().store().databases();
    }

    Database to(Secret password) {
        var plugin = Capability.of(ChangesPasswords.class, job.known());
        if (!job.serving().isRunning()) {
            throw new NotRunningException(
                    job.subject(), "it does not run, so its password cannot be changed", "Start it first.");
        }
        settle();
        var database = job.database();
        var login = job.platform().connections().login(database);
        job.operation().pointOfNoReturn();
        job.operation().step("password");
        table.setNextPassword(database.id(), Optional.of(password));
        try {
            for (EngineCommand command : plugin.changePassword(login, login.user(), password)) {
                job.serving().ask(command);
            }
        } catch (DokployException e) {
            if (settle()) {
                return table.find(database.id()).orElseThrow();
            }
            throw e;
        }
        adopt(password);
        if (!password.equals(login.password()) && accepts(login)) {
            job.say("The engine still accepts the former password: it seems to trust everybody in its network");
        }
        return table.find(database.id()).orElseThrow();
    }

    /** Starts a server, which may accept either password if a change was broken off, and makes that good. */
    void start(DatabaseServer server) {
        var login = job.known().login();
        var logins = Stream.concat(
                Stream.of(login), table.nextPassword(job.database().id()).map(login::with).stream());
        server.start(
                job.database().spec().readyWithin(),
                logins.map(each -> job.known().blueprint(each).ready()).toList());
        settle();
    }

    /**
     * Makes good a change that was broken off, if there was one.
     *
     * @return whether the new password is in force because of it
     */
    private boolean settle() {
        var id = job.database().id();
        var next = table.nextPassword(id);
        if (next.isEmpty()) {
            return false;
        }
        job.operation().mask(List.of(next.get()));
        var former = job.platform().connections().login(job.database());
        if (accepts(former)) {
            table.setNextPassword(id, Optional.empty());
            return false;
        }
        if (!accepts(former.with(next.get()))) {
            throw new TemporaryException(
                    Failure.temporary(
                            "password-unknown",
                            job.subject(),
                            "a change of its password was broken off, and the engine accepts neither the former nor the"
                                    + " new one now",
                            "Both are kept. See that it runs, and try again."),
                    null);
        }
        adopt(next.get());
        return true;
    }

    /** The engine has it: so must the files that it reads when it starts, and the store. */
    private void adopt(Secret password) {
        var login = job.known().login().with(password);
        if (!accepts(login)) {
            throw new TemporaryException(
                    Failure.temporary(
                            "password-unknown",
                            job.subject(),
                            "the engine has taken the new password and does not accept it",
                            "Both are kept. Look at its log, and try again."),
                    null);
        }
        job.serving().renewFiles(job.known().blueprint(login));
        table.adoptNextPassword(job.database().id());
    }

    /** As a program that comes over the network: inside, many engines ask nobody for a password. */
    private boolean accepts(Login login) {
        var overTheNetwork =
                login.at(job.database().name(), job.known().blueprint().port());
        return job.serving().succeeds(job.plugin().serverVersion(overTheNetwork));
    }
}
