/**
 * The front door: its files by golden texts and properties, and a real Traefik with real containers behind it. {@link
 * io.dokploy.core.traefik.TestFrontDoor} is what the tests with an engine share.
 */
package io.dokploy.core.traefik;
