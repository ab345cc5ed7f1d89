package io.dokploy.core.backup;

import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.FencedException;
import io.dokploy.spi.CancelToken;

/** That another program goes on with the same work, because this one seemed to be dead. */
final class Takeover {

    private Takeover() {}

    static boolean happened(CancelToken cancelToken) {
        try {
            cancelToken.throwIfCancelled();
            return false;
        } catch (FencedException e) {
            return true;
        } catch (DokployException e) {
            return false;
        }
    }
}
