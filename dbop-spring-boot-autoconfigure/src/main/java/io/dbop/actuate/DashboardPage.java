package io.dbop.actuate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Puts the dashboard's page together from its parts: one HTML document, with its style,
 * its script and a policy that allows these two and nothing else.
 */
final class DashboardPage {

	private static final List<String> SCRIPTS = List.of("dom", "format", "levels", "series", "scale", "plot",
			"headline", "tables", "panels", "actions", "poll", "app");

	private DashboardPage() {
	}

	static String assemble(boolean writable) {
		String style = read("style.css");
		String script = SCRIPTS.stream().map((name) -> read(name + ".js")).collect(Collectors.joining("\n"));
		return read("page.html").replace("{policy}", policy(style, script))
			.replace("{writable}", Boolean.toString(writable))
			.replace("{style}", style)
			.replace("{script}", script);
	}

	private static String policy(String style, String script) {
		return "default-src 'none'; script-src '%s'; style-src '%s'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
			.formatted(hash(script), hash(style));
	}

	private static String hash(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return "sha256-" + Base64.getEncoder().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has SHA-256", ex);
		}
	}

	private static String read(String name) {
		try (InputStream part = DashboardPage.class.getResourceAsStream("dashboard/" + name)) {
			if (part == null) {
				throw new IllegalStateException("The dashboard lacks its part '" + name + "'");
			}
			// As a browser reads it, or the hashes would be others.
			return new String(part.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
