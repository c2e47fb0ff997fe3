/**
 * Histories of entities as the API shows them, and by whom entities are changed.
 */
@NullMarked
package io.dbop.sample.history;

import org.jspecify.annotations.NullMarked;
