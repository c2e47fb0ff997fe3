package io.dbop.disclosure;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names of what is never told. A name is sensitive if one of these is part of it,
 * whatever the case and whatever stands between its letters ({@code api_key},
 * {@code "apiKey"}). Short ones must be a word of it: {@code userPin}, not
 * {@code shipping}.
 */
final class SensitiveNames {

	/** What an application adds is taken for a word if it is as short as this. */
	private static final int SHORT = 3;

	private static final Set<String> PARTS = Set.of("passw", "passphrase", "pwd", "secret", "token", "credential",
			"authorization", "apikey", "privatekey", "accesskey", "identifiedby");

	private static final Set<String> WORDS = Set.of("pass", "pin", "cvv");

	private static final Pattern BETWEEN_WORDS = Pattern
		.compile("[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})|(?<=\\p{N})(?=\\p{L})"
				+ "|(?<=\\p{L})(?=\\p{N})");

	private static final Pattern NEITHER_LETTER_NOR_DIGIT = Pattern.compile("[^\\p{L}\\p{N}]+");

	private final Set<String> parts = new LinkedHashSet<>(PARTS);

	private final Set<String> words = new HashSet<>(WORDS);

	SensitiveNames(Collection<String> further) {
		for (String each : further) {
			String name = normalized(each);
			if (!name.isEmpty()) {
				((name.length() > SHORT) ? this.parts : this.words).add(name);
			}
		}
	}

	static String normalized(String text) {
		return NEITHER_LETTER_NOR_DIGIT.matcher(text).replaceAll("").toLowerCase(Locale.ROOT);
	}

	/** Whether a name is sensitive, or a longer text mentions one that is. */
	boolean in(String text) {
		String letters = normalized(text);
		return this.parts.stream().anyMatch(letters::contains)
				|| Arrays.stream(BETWEEN_WORDS.split(text)).anyMatch(this::isWord);
	}

	private boolean isWord(String word) {
		return this.words.contains(word.toLowerCase(Locale.ROOT));
	}

}
