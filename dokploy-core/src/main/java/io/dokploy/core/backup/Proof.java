package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;
import java.util.List;

/** How a backup is proven: restored into something that is thrown away, and compared with what its manifest says. */
interface Proof {

    /**
     * Does it.
     *
     * @throws io.dokploy.api.error.BackupDamagedException     if its objects are not what was stored
     * @throws io.dokploy.api.error.BackupNotVerifiedException if what comes out is not what was dumped
     * @throws IOException                                     if the place fails
     */
    Result run(Backup backup, BackupTarget.Store place) throws IOException;

    /**
     * What was found.
     *
     * @param image  what it was restored with
     * @param checks what was compared, one line each
     */
    record Result(String image, List<String> checks) {}
}
