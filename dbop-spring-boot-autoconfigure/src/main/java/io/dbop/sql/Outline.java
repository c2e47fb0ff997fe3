package io.dbop.sql;

import java.util.Locale;
import java.util.Set;

import io.dbop.sql.SqlSyntax.Feature;

/**
 * What can be told of a text from the first words of its statements. Immutable.
 */
final class Outline {

	private static final Set<String> PLAIN = Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "WITH",
			"VALUES", "TABLE");

	private static final Set<String> CHANGES = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE");

	/** What may follow a word that begins or ends a transaction. */
	private static final Set<String> OF_TRANSACTIONS = Set.of("", "TRANSACTION", "WORK", "TRAN", "AND", "CHAIN", "NO",
			"ISOLATION", "READ", "DEFERRABLE", "NOT", "DEFERRED", "IMMEDIATE", "EXCLUSIVE", "CONCURRENT");

	/** What leaves the transaction open that it stands in, beside what is plain. */
	private static final Set<String> NEVER_COMMITS = Set.of("ROLLBACK", "SAVEPOINT", "RELEASE", "SHOW", "EXPLAIN",
			"DESCRIBE", "DESC", "DECLARE", "OPEN", "FETCH", "CLOSE", "HANDLER", "DO", "USE", "PREPARE", "DEALLOCATE",
			"LOAD", "KILL", "SIGNAL");

	/** What gives the server a value for connections to come. */
	private static final Set<String> OF_SERVER = Set.of("GLOBAL", "PERSIST", "PERSIST_ONLY");

	private final SqlSyntax syntax;

	private int statements;

	private boolean plain = true;

	private boolean ofTransaction;

	private boolean mayCommit;

	/** Whether the statement under way speaks of it, and gives it a value. */
	private boolean autocommit;

	private boolean setsAutocommit;

	private boolean ofSavepoint;

	private boolean returning;

	private final RoutineBody body = new RoutineBody();

	private String first = "";

	private Outline(SqlSyntax syntax) {
		this.syntax = syntax;
	}

	static Outline of(String sql, SqlSyntax syntax) {
		Outline outline = new Outline(syntax);
		outline.read(sql, new Lexer(sql, syntax));
		return outline;
	}

	/** How many statements there are, empty ones not counted. */
	int statements() {
		return this.statements;
	}

	/**
	 * Whether all of the text is done or nothing: it is one statement that reads or
	 * changes rows, or several where the database does them in one transaction.
	 */
	boolean atomic() {
		return this.plain && (this.statements == 1 || this.syntax.has(Feature.ATOMIC_TEXTS));
	}

	/** Whether a statement begins or ends a transaction, or the lack of one. */
	boolean ofTransaction() {
		return this.ofTransaction;
	}

	/** Whether the transaction that it stands in may be committed by it. */
	boolean mayCommit() {
		return this.mayCommit;
	}

	/** Whether a statement sets a savepoint, or goes back to one or gives it up. */
	boolean ofSavepoint() {
		return this.ofSavepoint;
	}

	/** Whether it changes rows, for certain. */
	boolean changesRows() {
		return this.statements == 1 && CHANGES.contains(this.first);
	}

	/** Whether what it changes may come back as rows. */
	boolean returning() {
		return this.returning;
	}

	private void read(String sql, Lexer lexer) {
		String[] words = { "", "", "" };
		int count = 0;
		boolean any = false;
		boolean within = false;
		String last = "";
		for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
			if (token == Token.SEMICOLON) {
				end(any, within, words);
				words = new String[] { "", "", "" };
				count = 0;
				any = false;
				last = "";
			}
			else if (token == Token.COMMENT) {
				// What it begins with is another statement to MySQL and MariaDB.
				this.mayCommit |= !any && Comments.mayBeExecuted(sql, lexer.start());
			}
			else if (token != Token.SPACE && token != Token.OPEN) {
				within = any ? within : this.body.open();
				any = true;
				this.setsAutocommit |= this.autocommit && "=:".indexOf(sql.charAt(lexer.start())) >= 0;
				String word = (token == Token.WORD) ? sql.substring(lexer.start(), lexer.end()).toUpperCase(Locale.ROOT)
						: "?";
				this.returning |= word.equals("RETURNING");
				this.autocommit = word.equals("AUTOCOMMIT") && ofConnection(sql, lexer.start(), last);
				last = (token == Token.WORD) ? word : last;
				this.body.word(word);
				if (word.equals("FOR") && words[0].equals("SET") && words[1].equals("STATEMENT")) {
					count = 0;
					words = new String[] { "", "", "" };
				}
				else if (count < words.length) {
					words[count++] = word;
				}
			}
		}
		end(any, within, words);
	}

	/** Not a variable of the user's, of the server, or of somebody else's. */
	private static boolean ofConnection(String sql, int start, String before) {
		char sign = (start > 0) ? sql.charAt(start - 1) : ' ';
		return switch (sign) {
			case '.' -> before.equals("SESSION") || before.equals("LOCAL");
			case '@' -> start > 1 && sql.charAt(start - 2) == '@';
			default -> !OF_SERVER.contains(before);
		};
	}

	/** What stands within the body of a routine is no statement of its own. */
	private void end(boolean any, boolean within, String[] words) {
		if (!any) {
			return;
		}
		this.statements += within ? 0 : 1;
		if (this.statements == 1 && !within) {
			this.first = words[0];
		}
		this.plain &= PLAIN.contains(words[0]);
		if (!this.body.endsPart(words[0], words[1]) && !within) {
			boolean compound = words[1].equals("NOT") && words[2].equals("ATOMIC");
			boolean toSavepoint = words[0].equals("ROLLBACK") && (words[1].equals("TO") || words[2].equals("TO"));
			this.ofSavepoint |= toSavepoint || words[0].equals("SAVEPOINT") || words[0].equals("RELEASE");
			this.ofTransaction |= !toSavepoint && !compound
					&& (ofTransaction(words[0], words[1]) || (words[0].equals("SET") && this.setsAutocommit));
			this.mayCommit |= mayCommit(words[0], words[1]);
		}
		this.setsAutocommit = false;
	}

	private boolean mayCommit(String word, String next) {
		if (this.syntax.has(Feature.TRANSACTIONAL_DEFINITIONS)) {
			boolean prepares = word.equals("PREPARE") && next.equals("TRANSACTION");
			return prepares || ((word.equals("COMMIT") || word.equals("END")) && ofTransaction(word, next));
		}
		if (word.equals("SET")) {
			return this.setsAutocommit || next.equals("AUTOCOMMIT") || next.equals("PASSWORD");
		}
		return !PLAIN.contains(word) && !NEVER_COMMITS.contains(word);
	}

	private static boolean ofTransaction(String word, String next) {
		return switch (word) {
			case "BEGIN", "COMMIT", "ROLLBACK", "ABORT", "END" -> OF_TRANSACTIONS.contains(next);
			case "START" -> next.equals("TRANSACTION");
			case "SET" -> next.equals("AUTOCOMMIT");
			default -> false;
		};
	}

}
