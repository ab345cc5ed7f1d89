package io.dokploy.api.backup;

import io.dokploy.api.Experimental;

/** What an application does while its volumes are read. */
@Experimental
public enum DuringBackup {
    /** It goes on: files that change meanwhile are not of one moment. */
    LIVE,
    /**
     * All its containers are held still, in the middle of whatever they do, and go on afterwards: what they have handed to
     * the file system is of one moment, as after a power cut. Requests wait.
     */
    PAUSED,
    /** Its containers are stopped with their signal and grace, and started afterwards: files are as they left them. */
    STOPPED
}
