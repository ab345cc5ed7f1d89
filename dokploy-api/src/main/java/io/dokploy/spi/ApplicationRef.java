package io.dokploy.spi;

import io.dokploy.api.ApplicationId;

/**
 * Which application a deployer or router works on.
 *
 * @param instance    the store that owns it; labels carry it, so that two stores never touch each other's
 * @param id          its id
 * @param project     the project's name
 * @param environment the environment's name
 * @param name        its name, and its host name for others in the environment
 */
public record ApplicationRef(String instance, ApplicationId id, String project, String environment, String name) {

    /** {@code project/environment/name}, for messages and subjects. */
    public String subject() {
        return project + "/" + environment + "/" + name;
    }
}
