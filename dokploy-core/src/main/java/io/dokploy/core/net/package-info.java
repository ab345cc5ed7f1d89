/** What the kernel tells of TCP connections, as text that was read elsewhere. */
@NullMarked
package io.dokploy.core.net;

import org.jspecify.annotations.NullMarked;
