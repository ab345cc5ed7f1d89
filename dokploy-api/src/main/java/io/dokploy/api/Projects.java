package io.dokploy.api;

import io.dokploy.api.value.EnvironmentValue;
import java.util.List;
import java.util.Map;

/** Projects and their environments. Thread-safe. */
public interface Projects {

    /**
     * Makes a project with the environment {@code production}.
     *
     * @throws io.dokploy.api.error.AlreadyExistsException if the name is taken
     */
    Project create(String name);

    /** The project of that name, or {@link io.dokploy.api.error.NotFoundException}. */
    Project get(String name);

    /** All, by name. */
    List<Project> list();

    /**
     * Replaces a project's variables; applications see them with their next deployment. Those of a {@code .env} file:
     * {@link io.dokploy.api.value.DotEnv}.
     *
     * @param version of the project that the change was made from
     * @throws io.dokploy.api.error.StaleVersionException if somebody changed it in between
     */
    Project setVariables(String project, long version, Map<String, ? extends EnvironmentValue> variables);

    /** Makes an environment. */
    Environment createEnvironment(String project, String name);

    /** The environment of that name, or {@link io.dokploy.api.error.NotFoundException}. */
    Environment environment(String project, String name);

    /** The environments of a project, by name. */
    List<Environment> environments(String project);

    /** Replaces an environment's variables, as {@link #setVariables} does. */
    Environment setVariables(
            String project, String environment, long version, Map<String, ? extends EnvironmentValue> variables);

    /** Removes an environment without applications, and its network. */
    void deleteEnvironment(String project, String name);

    /** Removes a project without applications. */
    void delete(String name);
}
