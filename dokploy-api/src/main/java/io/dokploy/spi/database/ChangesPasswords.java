package io.dokploy.spi.database;

import io.dokploy.api.Experimental;
import io.dokploy.api.value.Secret;
import java.util.List;

/**
 * An engine whose users can be given another password while it serves.
 *
 * <p>The library makes it safe against crashes: it keeps the new password beside the old one first, and asks for {@link
 * DatabaseProvisioner#serverVersion} {@linkplain Login#at over the network} to see which of them is accepted. Afterwards
 * it copies the files of the {@link DatabaseProvisioner#blueprint} with the new password into the container again, so an
 * engine that reads its password from a file at each start needs nothing more.
 */
@Experimental
public interface ChangesPasswords {

    /**
     * Gives a user another password, by commands that are run in this order. Once all have ended with 0 the former one is
     * dead. The new password goes by a command's input or environment. They may be run again with the same password.
     *
     * @param login       the database's own user, with the password of now; where somebody else must be asked (MySQL's
     *                    root), the plugin has arranged that this password opens that as well, and changes both
     * @param user        {@code login.user()}, or a name that {@link HasUsers#createUser} was given
     * @param newPassword letters, digits and what the user typed; no control characters
     */
    List<EngineCommand> changePassword(Login login, String user, Secret newPassword);
}
