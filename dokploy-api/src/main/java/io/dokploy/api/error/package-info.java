/**
 * Everything that can go wrong, as types. {@link io.dokploy.api.error.DokployException} has three families: what the
 * user must change ({@link io.dokploy.api.error.UserErrorException}), what may work later
 * ({@link io.dokploy.api.error.TemporaryException}) and what is our own fault
 * ({@link io.dokploy.api.error.DefectException}). What is stored is the {@link io.dokploy.api.error.Failure} inside.
 */
@NullMarked
package io.dokploy.api.error;

import org.jspecify.annotations.NullMarked;
