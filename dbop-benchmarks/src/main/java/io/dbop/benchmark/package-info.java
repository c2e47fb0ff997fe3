/**
 * dbop and its peers side by side: the contest, the studies and what is told of them.
 */
@NullMarked
package io.dbop.benchmark;

import org.jspecify.annotations.NullMarked;
