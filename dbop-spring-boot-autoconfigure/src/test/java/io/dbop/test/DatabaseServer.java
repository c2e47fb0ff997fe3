package io.dbop.test;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * A database server that answers.
 *
 * @param origin where it comes from, for people
 * @param host its host
 * @param port its port
 * @param username an administrator
 * @param password the administrator's password
 * @param parameters further URL parameters, as they stand in a URL
 */
record DatabaseServer(String origin, String host, int port, String username, String password,
		Map<String, String> parameters) {

	DatabaseServer(String origin, String host, int port, String username, String password) {
		this(origin, host, port, username, password, Map.of());
	}

	/**
	 * Read a URL like {@code jdbc:mysql://localhost:3306/test?user=root&password=}.
	 * @param origin where the URL comes from
	 * @param url the URL
	 * @return the server
	 */
	static DatabaseServer parse(String origin, String url) {
		URI uri = URI.create(StringUtils.delete(url, "jdbc:"));
		Assert.isTrue(uri.getHost() != null && uri.getPort() != -1, "it must name a host and a port");
		Map<String, String> parameters = new LinkedHashMap<>();
		for (String parameter : StringUtils.tokenizeToStringArray(uri.getRawQuery(), "&")) {
			String[] parts = parameter.split("=", 2);
			parameters.put(parts[0], (parts.length > 1) ? parts[1] : "");
		}
		String username = decode(parameters.remove("user"));
		String password = decode(parameters.remove("password"));
		return new DatabaseServer(origin, uri.getHost(), uri.getPort(), username, password, parameters);
	}

	private static String decode(String parameter) {
		return URLDecoder.decode(Objects.requireNonNullElse(parameter, ""), StandardCharsets.UTF_8);
	}

	/**
	 * The URL of one of its databases.
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
			.collect(Collectors.joining("&", scheme + "://" + this.host + ":" + this.port + "/" + database + "?", ""));
	}

	DatabaseServer at(InetSocketAddress address) {
		return new DatabaseServer(this.origin, address.getHostString(), address.getPort(), this.username, this.password,
				this.parameters);
	}

}
