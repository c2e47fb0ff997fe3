package io.dbop.disclosure;

import java.lang.reflect.Array;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Writes a value down as one line of limited length. Maps, records, collections and
 * arrays are looked into, for names of what must not be told; of anything else what it
 * says of itself is cut where it comes to such a name, since nobody knows where the
 * secret after it ends. Used once.
 */
final class ValueText {

	private static final String SECRET = "***";

	private static final int MAX_DEPTH = 4;

	private static final int MAX_ELEMENTS = 20;

	/** A name and what separates it from its value; begun at the start of a word only. */
	private static final Pattern NAME = Pattern
		.compile("(?<![\\p{L}\\p{N}_.-])([\\p{L}\\p{N}_.-]++)[\"'\\]]?\\s{0,9}[=:>]");

	private final SensitiveNames names;

	private final int maxLength;

	private final StringBuilder text = new StringBuilder();

	ValueText(SensitiveNames names, int maxLength) {
		this.names = names;
		this.maxLength = maxLength;
	}

	String of(@Nullable String name, @Nullable Object value) {
		append(name, value, 0);
		return OneLine.cut(this.text, this.maxLength);
	}

	private void append(@Nullable String name, @Nullable Object value, int depth) {
		if (value == null) {
			this.text.append("null");
		}
		else if (name != null && this.names.in(name) || this.names.in(value.getClass().getSimpleName())) {
			this.text.append(SECRET);
		}
		else if (value instanceof Optional<?> optional) {
			append(name, optional.orElse(null), depth);
		}
		else if (value instanceof Map<?, ?> map && TypeText.ofTheJdk(value)) {
			appendAll('{', map.entrySet(), depth, '}');
		}
		else if (value instanceof Map.Entry<?, ?> entry) {
			appendNamed(String.valueOf(entry.getKey()), entry.getValue(), depth);
		}
		else if (value instanceof Collection<?> collection && TypeText.ofTheJdk(value)) {
			appendAll('[', collection, depth, ']');
		}
		else if (value instanceof Record entry) {
			appendRecord(entry, depth);
		}
		else if (value.getClass().isArray()) {
			appendArray(value, depth);
		}
		else {
			appendPlain(value);
		}
	}

	private void appendNamed(String name, @Nullable Object value, int depth) {
		this.text.append(plain(name)).append('=');
		append(name, value, depth);
	}

	private void appendAll(char begin, Iterable<?> elements, int depth, char end) {
		this.text.append(begin);
		int count = 0;
		for (Object each : elements) {
			if (!more(count, depth)) {
				break;
			}
			append(null, each, depth + 1);
			count++;
		}
		this.text.append(end);
	}

	/** Puts the comma before an element, or what tells that there are more. */
	private boolean more(int count, int depth) {
		if (count > 0) {
			this.text.append(", ");
		}
		boolean room = count < MAX_ELEMENTS && depth < MAX_DEPTH && this.text.length() < this.maxLength;
		if (!room) {
			this.text.append("...");
		}
		return room;
	}

	/** One that says less of itself than records do has its reasons. */
	private void appendRecord(Record value, int depth) {
		if (!tellsAll(value)) {
			appendPlain(value);
			return;
		}
		this.text.append(value.getClass().getSimpleName()).append('[');
		int count = 0;
		for (RecordComponent component : value.getClass().getRecordComponents()) {
			if (!more(count, depth)) {
				break;
			}
			appendNamed(component.getName(), component(value, component), depth + 1);
			count++;
		}
		this.text.append(']');
	}

	private static boolean tellsAll(Record value) {
		StringJoiner all = new StringJoiner(", ", value.getClass().getSimpleName() + "[", "]");
		for (RecordComponent component : value.getClass().getRecordComponents()) {
			all.add(component.getName() + "=" + component(value, component));
		}
		return all.toString().equals(value.toString());
	}

	private static @Nullable Object component(Record value, RecordComponent component) {
		try {
			Method accessor = component.getAccessor();
			accessor.setAccessible(true);
			return accessor.invoke(value);
		}
		catch (ReflectiveOperationException | InaccessibleObjectException ex) {
			return Unreadable.VALUE;
		}
	}

	/** Bytes and characters are content, or a password that knows what it is. */
	private void appendArray(Object array, int depth) {
		if (array instanceof byte[] || array instanceof char[]) {
			this.text.append(TypeText.of(array));
			return;
		}
		this.text.append('[');
		for (int i = 0; i < Array.getLength(array); i++) {
			if (!more(i, depth)) {
				break;
			}
			append(null, Array.get(array, i), depth + 1);
		}
		this.text.append(']');
	}

	private void appendPlain(Object value) {
		String plain = plain(String.valueOf(value));
		this.text.append((value instanceof CharSequence) ? "'" + plain + "'" : plain);
	}

	private String plain(String told) {
		String shown = OneLine.cut(told, this.maxLength);
		Matcher name = NAME.matcher(shown);
		while (name.find()) {
			if (this.names.in(name.group(1))) {
				return shown.substring(0, name.end()) + SECRET;
			}
		}
		return shown;
	}

	/** What stands for a component that does not let itself be read. */
	private enum Unreadable {

		VALUE;

		@Override
		public String toString() {
			return "(unreadable)";
		}

	}

}
