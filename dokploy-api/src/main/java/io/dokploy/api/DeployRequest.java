package io.dokploy.api;

import java.sql.Connection;
import java.util.Optional;

/**
 * How to deploy.
 *
 * @param force           deploys although nothing has changed, and makes the image anew
 * @param commit          this commit instead of the tip, as a webhook names it
 * @param allowOlder      whether an older commit may replace a newer one, default no; only asked with {@code commit}
 * @param idempotencyKey  a second request with the same key returns the operation of the first
 * @param reason          for the history: why
 * @param transaction     the host's own JDBC transaction on the store's database: the request counts when it commits
 */
public record DeployRequest(
        boolean force,
        Optional<String> commit,
        boolean allowOlder,
        Optional<String> idempotencyKey,
        String reason,
        Optional<Connection> transaction) {

    /** Deploys the tip if anything has changed. */
    public static DeployRequest defaults() {
        return new DeployRequest(false, Optional.empty(), false, Optional.empty(), "", Optional.empty());
    }

    /** The same, even if nothing has changed. */
    public DeployRequest forced() {
        return new DeployRequest(true, commit, allowOlder, idempotencyKey, reason, transaction);
    }

    /** The same for that commit. */
    public DeployRequest commit(String id) {
        return new DeployRequest(force, Optional.of(id), allowOlder, idempotencyKey, reason, transaction);
    }

    /** The same; an older commit than the live one is welcome. */
    public DeployRequest allowingOlder() {
        return new DeployRequest(force, commit, true, idempotencyKey, reason, transaction);
    }

    /** The same with an idempotency key. */
    public DeployRequest idempotencyKey(String key) {
        return new DeployRequest(force, commit, allowOlder, Optional.of(key), reason, transaction);
    }

    /** The same with a reason. */
    public DeployRequest because(String text) {
        return new DeployRequest(force, commit, allowOlder, idempotencyKey, text, transaction);
    }

    /** The same within the host's transaction. */
    public DeployRequest within(Connection hostTransaction) {
        return new DeployRequest(force, commit, allowOlder, idempotencyKey, reason, Optional.of(hostTransaction));
    }
}
