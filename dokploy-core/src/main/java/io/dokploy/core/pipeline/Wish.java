package io.dokploy.core.pipeline;

import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.value.EnvironmentValue;
import java.util.Map;
import java.util.Optional;

/**
 * What a deployment is about.
 *
 * @param spec        of now
 * @param environment its variables, resolved
 * @param commit      the commit to deploy, if it comes from Git
 * @param forced      whether to deploy although nothing has changed
 */
record Wish(ApplicationSpec spec, Map<String, EnvironmentValue> environment, Optional<String> commit, boolean forced) {}
