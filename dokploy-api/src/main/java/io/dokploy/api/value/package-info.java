/**
 * The small values that all others are made of: names, secrets, byte sizes, settings trees. They depend on nothing.
 */
@NullMarked
package io.dokploy.api.value;

import org.jspecify.annotations.NullMarked;
