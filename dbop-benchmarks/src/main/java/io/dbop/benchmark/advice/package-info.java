/**
 * What the annotations cost.
 */
@NullMarked
package io.dbop.benchmark.advice;

import org.jspecify.annotations.NullMarked;
