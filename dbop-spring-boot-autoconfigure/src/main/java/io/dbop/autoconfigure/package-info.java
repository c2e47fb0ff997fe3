/**
 * Configuration properties, the auto-configurations, and the analyses of mistakes that
 * stop an application from starting.
 */
@NullMarked
package io.dbop.autoconfigure;

import org.jspecify.annotations.NullMarked;
