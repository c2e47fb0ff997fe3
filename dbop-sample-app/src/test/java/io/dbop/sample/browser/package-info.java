/**
 * A browser for tests.
 */
@NullMarked
package io.dbop.sample.browser;

import org.jspecify.annotations.NullMarked;
