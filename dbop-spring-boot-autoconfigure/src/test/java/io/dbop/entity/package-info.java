/** Entities on real databases. */
@NullMarked
package io.dbop.entity;

import org.jspecify.annotations.NullMarked;
