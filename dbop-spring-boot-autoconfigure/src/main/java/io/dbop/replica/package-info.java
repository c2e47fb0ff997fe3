/**
 * Reads on replicas: which of them may answer, and when only the primary may.
 */
@NullMarked
package io.dbop.replica;

import org.jspecify.annotations.NullMarked;
