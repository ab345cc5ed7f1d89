/** The builders with a real engine; here since core may use both in its tests. */
@NullMarked
package io.dokploy.core.builders;

import org.jspecify.annotations.NullMarked;
