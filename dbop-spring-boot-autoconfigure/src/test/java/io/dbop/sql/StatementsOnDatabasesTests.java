package io.dbop.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What comes out is what the databases take.
 */
@Timeout(60)
@EachDatabase(also = TestDatabase.HSQLDB)
class StatementsOnDatabasesTests {

	private final DatabaseInstance database;

	private final SqlSyntax syntax;

	private final SqlTranslator translator;

	StatementsOnDatabasesTests(DatabaseInstance database) {
		this.database = database;
		this.syntax = Syntaxes.dialectOf(database).syntax();
		this.translator = new SqlTranslator("main", () -> this.syntax);
	}

	@Test
	@DisplayName("S1 the statement of the first page runs everywhere")
	void firstPage() throws SQLException {
		run("CREATE TABLE [users] ([id] INT PRIMARY KEY, [name] VARCHAR(20))");
		run("INSERT INTO [users]([id], [name]) VALUES (?, ?)", 1, "Ann");
		assertThat(ask("SELECT [name] FROM [users] WHERE [id] = ?", 1)).isEqualTo("Ann");
		assertThat(ask("SELECT [u].[name] AS [n] FROM [users] AS [u] WHERE [u].[id] = $1 AND [u].[id] < $1 + $2", 1, 2))
			.isEqualTo("Ann");
	}

	@Test
	@DisplayName("S1 reserved words and mixed case are names as any other")
	void reservedWords() throws SQLException {
		for (String name : List.of("Order", "select", "GROUP", "naïve", "a b", "a.b", "1st", "a-b", "a'b", "Key")) {
			String table = "[" + name + "]";
			run("CREATE TABLE " + table + " ([From] INT, [Where] INT)");
			run("INSERT INTO " + table + "([From], [Where]) VALUES (?, ?)", 1, 2);
			assertThat(ask("SELECT [Where] FROM " + table + " WHERE [From] = ? ORDER BY [From] DESC", 1))
				.isEqualTo("2");
			assertThat(ask("SELECT [Where] FROM " + this.syntax.quote(name))).isEqualTo("2");
		}
	}

	@Test
	@DisplayName("S1 the longest name is kept whole, and a longer one refused")
	void longNames() throws SQLException {
		int length = (this.database.database() == TestDatabase.POSTGRESQL) ? 63 : 64;
		String first = "n".repeat(length - 1) + "1";
		String second = "n".repeat(length - 1) + "2";
		for (String name : List.of(first, second)) {
			run("CREATE TABLE [" + name + "] ([" + name + "] VARCHAR(100))");
			run("INSERT INTO [" + name + "]([" + name + "]) VALUES (:name)", name);
		}
		assertThat(ask("SELECT [" + first + "] FROM [" + first + "]")).isEqualTo(first);
		assertThat(ask("SELECT [" + second + "] FROM [" + second + "]")).isEqualTo(second);
		assertThatThrownBy(() -> run("CREATE TABLE [" + "n".repeat(2000) + "] (a INT)"))
			.isInstanceOf(InvalidSqlException.class);
	}

	@Test
	@DisplayName("S5 hostile names are stored and read back as they are, and touch nothing else")
	void hostileNames() throws SQLException {
		run("CREATE TABLE [users] ([id] INT)");
		run("INSERT INTO [users]([id]) VALUES (1)");
		List<String> names = new ArrayList<>(
				List.of("x\"; DROP TABLE users; --", "a`b", "a]b", "a``b", "a\"\"b", "?", "??", "$1", ":x", "%s", "/*",
						"*/", "--", "#", "\u00fc\u00df\u4e2d", "a[1]", "'", "''", "{x}", "a\tb", "a\nb"));
		if (!this.syntax.has(SqlSyntax.Feature.BACKSLASH_ESCAPES)) {
			names.addAll(List.of("a\\b", "a\\`b", "a\\\"b", "\\"));
		}
		for (String name : names) {
			String table = "[" + name.replace("]", "]]") + "]";
			run("CREATE TABLE " + table + " (" + table + " VARCHAR(100))");
			run("INSERT INTO " + table + "(" + table + ") VALUES (?)", name);
			assertThat(ask("SELECT " + table + " FROM " + table + " WHERE " + table + " = ?", name)).isEqualTo(name);
			assertThat(columnOf("SELECT * FROM " + this.syntax.quote(name))).isEqualTo(name);
		}
		assertThat(ask("SELECT COUNT(*) FROM [users]")).isEqualTo("1");
	}

	@Test
	@DisplayName("S6 hostile tags change neither the statement nor its binds")
	void hostileTags() throws SQLException {
		run("CREATE TABLE [t] ([a] INT)");
		run("INSERT INTO [t]([a]) VALUES (1)");
		for (String hostile : List.of("*/ DROP TABLE t; /*", "?", "[id]", "a\nb", "'", "$1", ":x",
				"!40000 DROP TABLE t")) {
			SqlStatement statement = this.translator.translate("SELECT [a] FROM [t] WHERE [a] = ?");
			String sql = SqlTags.comment(Map.of("tag", hostile, hostile, "tag")) + statement.text();
			try (Connection connection = connect(); PreparedStatement prepared = connection.prepareStatement(sql)) {
				assertThat(prepared.getParameterMetaData().getParameterCount()).isOne();
				prepared.setInt(1, 1);
				assertThat(firstOf(prepared.executeQuery())).isEqualTo("1");
			}
		}
	}

	@Test
	@DisplayName("S2 what has no marker in it reaches the database as it is")
	void literals() throws SQLException {
		assertThat(ask("SELECT '[x] ? :a $1 %s ??' AS a")).isEqualTo("[x] ? :a $1 %s ??");
		assertThat(ask("SELECT 'it''s ?' /* ? [x] */ AS a -- ? [x]")).isEqualTo("it's ?");
		assertThat(ask("SELECT '[x] ?' AS [a ? b] FROM (SELECT 1) AS [t] WHERE 1 = ?", 1)).isEqualTo("[x] ?");
		String own = switch (this.database.database()) {
			case POSTGRESQL -> "SELECT E'\\'?' || $$ ? [x] $$ || $t$?$t$ || (ARRAY['a', 'b'])[2] /* /* ? */ ? */";
			case MYSQL, MARIADB -> "SELECT CONCAT('\\'?', \" ? [x] \", '?', 'b') # ? [x]";
			case H2 -> "SELECT '''?' || $$ ? [x] $$ || '?' || ARRAY['a', 'b'][2] // ? [x]";
			case SQLITE, HSQLDB -> "SELECT '''?' || ' ? [x] ' || '?' || 'b'";
		};
		assertThat(ask(own)).isEqualTo("'? ? [x] ?b");
	}

	private void run(String sql, Object... values) throws SQLException {
		try (Connection connection = connect(); PreparedStatement statement = prepare(connection, sql, values)) {
			statement.execute();
		}
	}

	private String ask(String sql, Object... values) throws SQLException {
		try (Connection connection = connect(); PreparedStatement statement = prepare(connection, sql, values)) {
			return firstOf(statement.executeQuery());
		}
	}

	private String columnOf(String sql) throws SQLException {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			return statement.executeQuery(sql).getMetaData().getColumnName(1);
		}
	}

	private PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
		SqlStatement statement = this.translator.translate(sql);
		assertThat(statement.parameterCount()).isEqualTo(values.length);
		PreparedStatement prepared = connection.prepareStatement(statement.text());
		for (int bind = 0; bind < statement.bindCount(); bind++) {
			prepared.setObject(bind + 1, values[statement.parameterOf(bind)]);
		}
		return prepared;
	}

	private static String firstOf(ResultSet rows) throws SQLException {
		assertThat(rows.next()).isTrue();
		return rows.getString(1);
	}

	private Connection connect() throws SQLException {
		return this.database.dataSource().getConnection();
	}

}
