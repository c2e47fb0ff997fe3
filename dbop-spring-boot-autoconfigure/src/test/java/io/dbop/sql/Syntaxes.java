package io.dbop.sql;

import java.util.List;
import java.util.Objects;

import io.dbop.dialect.Dialect;
import io.dbop.dialect.Dialects;
import io.dbop.test.DatabaseInstance;

/**
 * The syntaxes of the dialects, by name.
 */
final class Syntaxes {

	static final List<String> ALL = List.of("postgresql", "mysql", "mariadb", "sqlite", "h2", "generic");

	private static final Dialects DIALECTS = new Dialects(List.of());

	private Syntaxes() {
	}

	static SqlSyntax of(String dialect) {
		return dialect.equals("generic") ? Dialects.generic().syntax()
				: Objects.requireNonNull(DIALECTS.findByName(dialect)).syntax();
	}

	static Dialect dialectOf(DatabaseInstance database) {
		return Objects.requireNonNull(DIALECTS.findByUrl(database.url()));
	}

	static SqlTranslator translator(String dialect) {
		return new SqlTranslator("main", () -> of(dialect));
	}

	static SqlStatement translate(String dialect, String sql) {
		return new Translation("main", sql, of(dialect)).run();
	}

}
