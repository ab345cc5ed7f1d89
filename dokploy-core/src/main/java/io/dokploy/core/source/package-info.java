/**
 * From a source as the user describes it to files that may be built. {@link io.dokploy.core.source.SourceFetcher} is the
 * way in: Git repositories, directories and archives go in, checked read-only trees come out. Images are not fetched here.
 */
@NullMarked
package io.dokploy.core.source;

import org.jspecify.annotations.NullMarked;
