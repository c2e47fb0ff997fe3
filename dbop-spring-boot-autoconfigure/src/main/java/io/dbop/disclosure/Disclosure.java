package io.dbop.disclosure;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

import io.dbop.sql.SqlSyntax;
import org.jspecify.annotations.Nullable;

/**
 * Decides what of statements, parameters and results a log tells. What has a sensitive
 * name is never told. Thread-safe. Nothing that a value does when it is asked what it is
 * gets out.
 */
public final class Disclosure {

	private static final String SECRET = "***";

	private static final String UNREADABLE = "(unreadable)";

	private static final int MAX_VALUES = 50;

	private static final int MAX_STATEMENT_LENGTH = 2000;

	private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cc}]+");

	private final ValueDisclosure values;

	private final SensitiveNames names;

	/**
	 * Creates the rules.
	 * @param values how much of a value is told
	 * @param sensitiveNames names of what is never told, besides {@code password} and its
	 * like
	 */
	public Disclosure(ValueDisclosure values, Collection<String> sensitiveNames) {
		this.values = values;
		this.names = new SensitiveNames(sensitiveNames);
	}

	/**
	 * Whether something may be added to the sensitive names.
	 * @param name a name
	 * @return whether it has a letter or digit
	 */
	public static boolean isName(String name) {
		return !SensitiveNames.normalized(name).isEmpty();
	}

	/**
	 * A statement, in one line. Literals and comments are left out unless values are told
	 * in full and none may be a secret.
	 * @param sql the statement
	 * @param syntax how its database writes SQL
	 * @return its text, cut at 2000 characters
	 */
	public String statement(String sql, SqlSyntax syntax) {
		boolean literally = this.values == ValueDisclosure.FULL && !this.names.in(sql);
		return literally ? oneLine(sql) : withoutValues(sql, syntax);
	}

	/**
	 * A statement, in one line, without literals and comments.
	 * @param sql the statement
	 * @param syntax how its database writes SQL
	 * @return its text, cut at 2000 characters
	 */
	public static String withoutValues(String sql, SqlSyntax syntax) {
		return oneLine(syntax.withoutValues(sql));
	}

	private static String oneLine(String text) {
		return OneLine.cut(SPACE.matcher(text).replaceAll(" ").trim(), MAX_STATEMENT_LENGTH);
	}

	/**
	 * The parameters of a statement or the arguments of a method.
	 * @param context the statement, or the name of the method: if it mentions a sensitive
	 * name, each of the values may be what is meant
	 * @param names their names, {@code null} for one that has none, or an empty list if
	 * nobody knows them
	 * @param values the values
	 * @param maxLength where each is cut
	 * @return all of them, separated by commas; empty if nothing is told of values
	 */
	public String all(String context, List<@Nullable String> names, List<? extends @Nullable Object> values,
			int maxLength) {
		if (this.values == ValueDisclosure.NONE) {
			return "";
		}
		boolean secret = this.names.in(context);
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < values.size(); i++) {
			text.append((i > 0) ? ", " : "");
			if (i == MAX_VALUES) {
				return text.append("... ").append(values.size() - i).append(" more").toString();
			}
			String name = (i < names.size()) ? names.get(i) : null;
			text.append((name != null) ? OneLine.cut(name, maxLength) + "=" : "");
			text.append(secret ? SECRET : told(name, values.get(i), maxLength));
		}
		return text.toString();
	}

	/**
	 * One value.
	 * @param name what it is called
	 * @param value the value
	 * @param maxLength where it is cut
	 * @return its text; empty if nothing is told of values
	 */
	public String value(String name, @Nullable Object value, int maxLength) {
		return (this.values == ValueDisclosure.NONE) ? "" : told(name, value, maxLength);
	}

	private String told(@Nullable String name, @Nullable Object value, int maxLength) {
		if (name != null && this.names.in(name)) {
			return SECRET;
		}
		try {
			return (this.values == ValueDisclosure.FULL) ? new ValueText(this.names, maxLength).of(name, value)
					: TypeText.of(value);
		}
		catch (Exception | Error ex) {
			// It may fail in any way: what is told of a call must not decide about it.
			return UNREADABLE;
		}
	}

}
