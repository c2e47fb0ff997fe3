package io.dbop.entity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;

/** Texts that have broken other software. */
final class HostileStrings {

	private HostileStrings() {
	}

	/** The big list of naughty strings. */
	static List<String> naughty() {
		return read("blns.json", (text) -> JsonMapper.shared().readValue(text, new TypeReference<List<String>>() {
		}));
	}

	/** The documents of the JSON test suite by their names, valid or not. */
	static Map<String, String> jsonDocuments() {
		return read("json-test-suite.base64", (text) -> {
			Map<String, String> documents = new LinkedHashMap<>();
			text.lines().forEach((line) -> {
				int blank = line.indexOf(' ');
				byte[] bytes = Base64.getDecoder().decode(line.substring(blank + 1));
				documents.put(line.substring(0, blank), new String(bytes, StandardCharsets.ISO_8859_1));
			});
			return documents;
		});
	}

	private static <T> T read(String file, Function<String, T> reader) {
		try (InputStream in = new ClassPathResource("hostile/" + file).getInputStream()) {
			return reader.apply(new String(in.readAllBytes(), StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
