package io.dbop.statement;

import java.util.ArrayList;
import java.util.List;

import io.dbop.sql.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Makes room for collections: as many parameters in the text as they have values. */
final class Expansion {

	private final String original;

	private final SqlStatement statement;

	private final List<@Nullable Object> values = new ArrayList<>();

	private final List<String> names = new ArrayList<>();

	private @Nullable StringBuilder text;

	private int copied;

	Expansion(SqlStatement statement) {
		this.statement = statement;
		this.original = statement.text();
	}

	void add(String name, @Nullable Object value) {
		this.names.add(name);
		this.values.add(value);
	}

	void add(int bind, String name, List<@Nullable Object> several) {
		several.forEach((value) -> add(name, value));
		if (several.size() > 1) {
			StringBuilder text = (this.text != null) ? this.text : new StringBuilder();
			int end = this.statement.offsetOf(bind) + 1;
			text.append(this.original, this.copied, end).append(", ?".repeat(several.size() - 1));
			this.copied = end;
			this.text = text;
		}
	}

	BoundStatement bound() {
		String expanded = (this.text != null)
				? this.text.append(this.original, this.copied, this.original.length()).toString() : this.original;
		return new BoundStatement(expanded, this.values, this.names);
	}

}
