package io.dokploy.api;

import io.dokploy.api.error.Problems;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.api.value.ResourceName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A group of environments with variables of its own, to which applications refer by {@code ${{project.NAME}}}.
 *
 * @param name      unique
 * @param variables shared by all its environments
 * @param version   counts its changes
 */
public record Project(String name, Map<String, EnvironmentValue> variables, long version) {

    /** The project that is there from the start. */
    public static final String DEFAULT = "default";

    public Project {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        var problems = Problems.of("project");
        ResourceName.check(problems, "name", name);
        problems.throwIfAny();
    }
}
