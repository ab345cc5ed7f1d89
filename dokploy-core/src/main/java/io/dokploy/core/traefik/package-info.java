/**
 * The front door by Traefik: one file for each application in a folder that Traefik watches, and an own private entry
 * point where we ask what is in force. Traefik itself is run by us as a container, or is somebody else's. The way in is
 * {@link io.dokploy.core.traefik.TraefikRouter}.
 */
@NullMarked
package io.dokploy.core.traefik;

import org.jspecify.annotations.NullMarked;
