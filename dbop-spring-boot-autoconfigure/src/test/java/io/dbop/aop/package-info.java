/**
 * The annotations in applications.
 */
@NullMarked
package io.dbop.aop;

import org.jspecify.annotations.NullMarked;
