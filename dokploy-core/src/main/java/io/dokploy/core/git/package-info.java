/**
 * Git repositories: a cache of their objects per repository, and checkouts that are brought up to date by what changed.
 * {@link io.dokploy.core.git.GitRepositories} is the way in. No file of the user's own Git configuration is read, and
 * nothing of JGit's global state is set.
 */
@NullMarked
package io.dokploy.core.git;

import org.jspecify.annotations.NullMarked;
