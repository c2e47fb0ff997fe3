/**
 * The annotations at work: one advisor, which resolves a method once and then hands its
 * calls to the pipeline.
 */
@NullMarked
package io.dbop.aop;

import org.jspecify.annotations.NullMarked;
