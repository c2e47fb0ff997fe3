package io.dbop.dialect;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Where a database is, for those who do not write a JDBC URL.
 *
 * @param hosts the hosts, each as {@code host} or {@code host:port}, IPv6 addresses with
 * a port in brackets; several are tried in their order until one takes writes
 * @param port the port of hosts that name none, or {@code null} for the database's own
 * @param database the name of the database, or the file of an embedded one
 */
public record DatabaseLocation(List<String> hosts, @Nullable Integer port, String database) {

	public DatabaseLocation {
		hosts = hosts.isEmpty() ? List.of("localhost") : List.copyOf(hosts);
	}

	/**
	 * A database on a single host.
	 * @param host the host, with or without a port
	 * @param port the port, or {@code null} for the database's own
	 * @param database the name of the database
	 */
	public DatabaseLocation(String host, @Nullable Integer port, String database) {
		this(List.of(host), port, database);
	}

	/**
	 * Whether there are other hosts to turn to when one fails.
	 * @return whether more than one host is named
	 */
	boolean failsOver() {
		return this.hosts.size() > 1;
	}

	/**
	 * The hosts as most drivers want them in a URL.
	 * @return {@code host:port,host:port}
	 */
	public String authority() {
		return this.hosts.stream().map(this::withPort).collect(Collectors.joining(","));
	}

	private String withPort(String host) {
		boolean bareAddress = host.indexOf(':') != host.lastIndexOf(':') && !host.startsWith("[");
		String address = bareAddress ? "[" + host + "]" : host;
		boolean portNamed = address.indexOf(':', address.indexOf(']') + 1) >= 0;
		return (this.port == null || portNamed) ? address : address + ":" + this.port;
	}

}
