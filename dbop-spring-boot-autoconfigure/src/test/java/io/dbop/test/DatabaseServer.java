package io.dbop.test;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * A database server that answers, or the nodes of a cluster that all take writes.
 *
 * @param origin where it comes from, for people
 * @param nodes where it listens; of a cluster, each node
 * @param username an administrator
 * @param password the administrator's password
 * @param parameters further URL parameters, as they stand in a URL
 */
record DatabaseServer(String origin, List<Node> nodes, String username, String password,
		Map<String, String> parameters) {

	DatabaseServer(String origin, String host, int port, String username, String password) {
		this(origin, List.of(new Node(host, port)), username, password, Map.of());
	}

	/**
	 * Read a URL like {@code jdbc:mysql://localhost:3306/test?user=root&password=}. It
	 * may name several hosts, whatever the mode, as in
	 * {@code jdbc:mysql:loadbalance://a:1,b:2/}.
	 * @param origin where the URL comes from
	 * @param url the URL
	 * @return the server
	 */
	static DatabaseServer parse(String origin, String url) {
		URI uri = URI.create(url.replaceFirst("^jdbc:(\\w+)(:\\w+)?:", "$1:"));
		List<Node> nodes = Arrays.stream(StringUtils.tokenizeToStringArray(uri.getRawAuthority(), ","))
			.map(Node::parse)
			.toList();
		Assert.isTrue(!nodes.isEmpty(), "it must name a host and a port");
		Map<String, String> parameters = new LinkedHashMap<>();
		for (String parameter : StringUtils.tokenizeToStringArray(uri.getRawQuery(), "&")) {
			String[] parts = parameter.split("=", 2);
			parameters.put(parts[0], (parts.length > 1) ? parts[1] : "");
		}
		String username = decode(parameters.remove("user"));
		String password = decode(parameters.remove("password"));
		return new DatabaseServer(origin, nodes, username, password, parameters);
	}

	private static String decode(String parameter) {
		return URLDecoder.decode(Objects.requireNonNullElse(parameter, ""), StandardCharsets.UTF_8);
	}

	String host() {
		return this.nodes.get(0).host();
	}

	int port() {
		return this.nodes.get(0).port();
	}

	boolean isCluster() {
		return this.nodes.size() > 1;
	}

	/** Each of its nodes as a server of its own. */
	List<DatabaseServer> members() {
		return this.nodes.stream().map(this::at).toList();
	}

	/**
	 * The node whose port this is, or the only one, whatever its port is from outside.
	 */
	DatabaseServer member(int port) {
		return members().stream().filter((member) -> member.port() == port).findFirst().orElseGet(() -> {
			Assert.state(!isCluster(), "No node has the port " + port);
			return this;
		});
	}

	/**
	 * The URL of one of its databases. Of a cluster it spreads connections over all
	 * nodes.
	 * @param scheme what the URL begins with
	 * @param database the name of the database
	 * @param defaults parameters for what this server does not set itself
	 * @return a URL without credentials
	 */
	String url(String scheme, String database, Map<String, String> defaults) {
		Map<String, String> all = new LinkedHashMap<>(defaults);
		all.putAll(this.parameters);
		return all.entrySet()
			.stream()
			.map((parameter) -> parameter.getKey() + "=" + parameter.getValue())
			.collect(Collectors.joining("&", prefix(scheme) + database + "?", ""));
	}

	private String prefix(String scheme) {
		return this.nodes.stream()
			.map(Node::toString)
			.collect(Collectors.joining(",", scheme + (isCluster() ? ":loadbalance" : "") + "://", "/"));
	}

	DatabaseServer at(InetSocketAddress address) {
		return at(new Node(address.getHostString(), address.getPort()));
	}

	private DatabaseServer at(Node node) {
		return new DatabaseServer(this.origin, List.of(node), this.username, this.password, this.parameters);
	}

	/**
	 * Where a server listens.
	 *
	 * @param host its host
	 * @param port its port
	 */
	record Node(String host, int port) {

		static Node parse(String authority) {
			int colon = authority.lastIndexOf(':');
			Assert.isTrue(colon > 0, "it must name a host and a port");
			return new Node(authority.substring(0, colon), Integer.parseInt(authority.substring(colon + 1)));
		}

		@Override
		public String toString() {
			return this.host + ":" + this.port;
		}

	}

}
