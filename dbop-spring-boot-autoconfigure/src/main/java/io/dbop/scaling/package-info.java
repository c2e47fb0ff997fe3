/**
 * What the figures of a database say about its load: timeouts by window, the connections
 * and servers that the load needs, and advice with reasons.
 */
@NullMarked
package io.dbop.scaling;

import org.jspecify.annotations.NullMarked;
