package io.dokploy.api;

import io.dokploy.api.error.Problems;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.api.value.ResourceName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A part of a project: production, staging. Its applications share a network and variables, to which they refer by
 * {@code ${{environment.NAME}}}.
 *
 * @param project   the project's name
 * @param name      unique in the project
 * @param variables shared by its applications
 * @param version   counts its changes
 */
public record Environment(String project, String name, Map<String, EnvironmentValue> variables, long version) {

    /** The environment that each project has from the start. */
    public static final String DEFAULT = "production";

    public Environment {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        var problems = Problems.of("environment");
        ResourceName.check(problems, "project", project);
        ResourceName.check(problems, "name", name);
        problems.throwIfAny();
    }
}
