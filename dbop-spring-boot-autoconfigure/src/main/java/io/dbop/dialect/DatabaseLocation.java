package io.dbop.dialect;

import org.jspecify.annotations.Nullable;

/**
 * Where a database is, for those who do not write a JDBC URL.
 *
 * @param host the host, {@code localhost} unless named
 * @param port the port, or {@code null} for the database's own
 * @param database the name of the database, or the file of an embedded one
 */
public record DatabaseLocation(String host, @Nullable Integer port, String database) {
}
