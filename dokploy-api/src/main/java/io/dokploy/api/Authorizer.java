package io.dokploy.api;

/** The host's say in who may do what; asked before each request. Must be thread-safe and fast. */
@FunctionalInterface
public interface Authorizer {

    /**
     * Whether {@code actor} may do {@code action} on {@code subject}.
     *
     * @param action  {@code application.deploy}, {@code application.delete}, {@code project.update}, …
     * @param subject {@code project/environment/application}, or a part of it
     * @return false to refuse with {@link io.dokploy.api.error.ForbiddenException}
     */
    boolean allows(Actor actor, String action, String subject);

    /** Allows everything: the default, since a library trusts its host. */
    static Authorizer allowAll() {
        return (actor, action, subject) -> true;
    }
}
