package io.dbop.pool;

/**
 * What runs at both ends of a connection.
 *
 * @param product the name of the database product, as its driver tells it
 * @param version its version
 * @param driver the name of the JDBC driver
 * @param driverVersion its version
 */
public record DatabaseVersion(String product, String version, String driver, String driverVersion) {
}
