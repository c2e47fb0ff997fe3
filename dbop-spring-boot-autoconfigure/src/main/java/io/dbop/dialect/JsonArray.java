package io.dbop.dialect;

import java.util.List;

/** Several texts as one, for databases that can take it apart. */
final class JsonArray {

	private JsonArray() {
	}

	static String of(List<String> texts) {
		StringBuilder json = new StringBuilder(texts.size() * 40).append('[');
		for (String text : texts) {
			if (json.length() > 1) {
				json.append(',');
			}
			append(json.append('"'), text).append('"');
		}
		return json.append(']').toString();
	}

	private static StringBuilder append(StringBuilder json, String text) {
		for (int i = 0; i < text.length(); i++) {
			char each = text.charAt(i);
			if (each < ' ') {
				json.append("\\u%04x".formatted((int) each));
				continue;
			}
			if (each == '"' || each == '\\') {
				json.append('\\');
			}
			json.append(each);
		}
		return json;
	}

}
