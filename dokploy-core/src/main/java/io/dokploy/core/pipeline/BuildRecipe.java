package io.dokploy.core.pipeline;

import io.dokploy.spi.Builder;

/**
 * How an image will be made.
 *
 * @param builder  by whom
 * @param identity the hash of all that decides the result, 64 hexadecimal digits
 * @param tag      for the image on the engine
 * @param bases    the images that it starts from
 */
record BuildRecipe(Builder builder, String identity, String tag, BaseImages bases) {}
