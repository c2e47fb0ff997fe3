package io.dbop.dialect;

import java.time.Duration;

/**
 * Time limits that a dialect puts into the settings of new connections.
 *
 * @param creation how long opening a connection may take
 * @param query how long a statement may run unless its call says otherwise
 */
public record ConnectionTimeouts(Duration creation, Duration query) {
}
