/**
 * What differs from one database to the next: error tables, timeouts, settings of new
 * connections. The only place that knows of a vendor.
 */
@NullMarked
package io.dbop.dialect;

import org.jspecify.annotations.NullMarked;
