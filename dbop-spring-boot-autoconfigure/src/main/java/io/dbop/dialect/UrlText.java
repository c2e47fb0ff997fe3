package io.dbop.dialect;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Text inside a JDBC URL.
 */
final class UrlText {

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

}
