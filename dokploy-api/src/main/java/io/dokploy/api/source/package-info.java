/**
 * Where an application comes from: a Git repository, an image, a directory of this machine, an uploaded archive, and
 * the credentials to get at it.
 */
@NullMarked
package io.dokploy.api.source;

import org.jspecify.annotations.NullMarked;
