/** A small JPA application, for tests. */
@NullMarked
package io.dbop.autoconfigure.jpa;

import org.jspecify.annotations.NullMarked;
