package io.dbop.dialect;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text inside a JDBC URL.
 */
final class UrlText {

	private static final Pattern HOSTS = Pattern.compile("(//(?:[^/?@]*@)?)[^/?;]*");

	private UrlText() {
	}

	/**
	 * Encodes what would end or change the URL.
	 * @param text any text
	 * @return the text with percent-encoded characters, for drivers that decode it
	 */
	static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

	/**
	 * Puts another host into a URL, in place of all those it has.
	 * @param authority the host, with its port if that is not the usual one
	 */
	static String at(String url, String authority) {
		return HOSTS.matcher(url).replaceFirst("$1" + Matcher.quoteReplacement(authority));
	}

	/**
	 * Takes a parameter out of the query of a URL.
	 * @param name the name, in any case
	 */
	static String without(String url, String name) {
		String left = url.replaceAll("(?i)(?<=[?&])" + Pattern.quote(name) + "=[^&]*&?", "");
		return left.replaceAll("[?&]$", "");
	}

}
