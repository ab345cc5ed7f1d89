/**
 * Environment variables: references between them are resolved in the order of their dependencies when a release is made.
 */
@NullMarked
package io.dokploy.core.variables;

import org.jspecify.annotations.NullMarked;
