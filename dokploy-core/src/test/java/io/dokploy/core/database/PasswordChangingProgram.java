package io.dokploy.core.database;

import io.dokploy.api.Actor;
import io.dokploy.api.event.EventType;
import io.dokploy.api.value.Secret;
import io.dokploy.core.Plugins;
import io.dokploy.database.mariadb.MariaDbProvisioner;
import io.dokploy.database.postgres.PostgresProvisioner;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.database.HasUsers;
import io.dokploy.spi.database.Login;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;

/** Changes a password, and dies without a word: as soon as a step begins, or when only the engine knows of it. */
final class PasswordChangingProgram {

    /** Instead of a step: the engine has the new password, the store has not heard of that. */
    static final String ENGINE_KNOWS = "engine-knows";

    private PasswordChangingProgram() {}

    /** DIRECTORY OWNER STEP PASSWORD DATABASE */
    public static void main(String[] arguments) {
        var plugins = arguments[2].equals(ENGINE_KNOWS)
                ? Plugins.of(
                        dyingWhenAskedWith(arguments[3], new PostgresProvisioner()),
                        dyingWhenAskedWith(arguments[3], new MariaDbProvisioner()))
                : Plugins.of(new PostgresProvisioner(), new MariaDbProvisioner());
        try (var dokploy = DatabaseSite.open(
                Path.of(arguments[0]), builder -> builder.plugins(plugins), Long.parseLong(arguments[1]))) {
            dokploy.events().subscribe(event -> {
                if (event.type().equals(EventType.STEP_STARTED)
                        && event.data().text("step", "").equals(arguments[2])) {
                    Runtime.getRuntime().halt(137);
                }
            });
            dokploy.as(Actor.of("child"))
                    .databases()
                    .changePassword(arguments[4], Secret.of(arguments[3]))
                    .await(DatabaseSite.PATIENCE);
        }
    }

    private static DatabaseProvisioner dyingWhenAskedWith(String password, DatabaseProvisioner real) {
        return (DatabaseProvisioner) Proxy.newProxyInstance(
                PasswordChangingProgram.class.getClassLoader(),
                new Class<?>[] {DatabaseProvisioner.class, HasUsers.class},
                (proxy, method, given) -> {
                    if (method.getName().equals("serverVersion")
                            && ((Login) given[0]).password().reveal().equals(password)) {
                        Runtime.getRuntime().halt(137);
                    }
                    try {
                        return method.invoke(real, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
