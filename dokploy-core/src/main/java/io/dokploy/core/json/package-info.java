/**
 * The one JSON form of all values of the API: for people and plugins with secrets masked, for the store with secrets
 * encrypted. {@link io.dokploy.core.json.ValueJson} is the way in. The API itself knows nothing of it.
 */
@NullMarked
package io.dokploy.core.json;

import org.jspecify.annotations.NullMarked;
