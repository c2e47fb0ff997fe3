/**
 * What remains of promises when servers are killed and wires cut.
 */
@NullMarked
package io.dbop.fault;

import org.jspecify.annotations.NullMarked;
