package io.dbop.sql;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A statement as the driver takes it, and what its markers stand for. Immutable.
 */
public final class SqlStatement {

	private final String text;

	private final ParameterStyle style;

	private final int parameterCount;

	private final int[] parameters;

	private final int[] offsets;

	private final List<String> names;

	private final boolean readsOnly;

	private final @Nullable String objection;

	private final boolean changesRows;

	private final boolean returning;

	private final boolean ofSavepoint;

	SqlStatement(String text, Parameters parameters, boolean readsOnly, Outline outline, SqlSyntax syntax) {
		this.objection = objection(outline, syntax);
		this.changesRows = outline.changesRows();
		this.returning = outline.returning();
		this.ofSavepoint = outline.ofSavepoint();
		this.text = text;
		this.style = parameters.style();
		this.parameterCount = parameters.count();
		this.parameters = parameters.ofBinds();
		this.offsets = parameters.offsets();
		this.names = parameters.names();
		this.readsOnly = readsOnly;
	}

	/**
	 * The statement for the driver: identifiers quoted, every parameter a {@code ?}.
	 * @return the text
	 */
	public String text() {
		return this.text;
	}

	/**
	 * The form in which the statement marks its parameters.
	 * @return the form
	 */
	public ParameterStyle style() {
		return this.style;
	}

	/**
	 * How many values the caller has to give: one for each {@code ?}, the highest number,
	 * or one for each different name.
	 * @return the number of parameters
	 */
	public int parameterCount() {
		return this.parameterCount;
	}

	/**
	 * How many {@code ?} the driver is to bind. More than {@link #parameterCount()} where
	 * a parameter is used repeatedly.
	 * @return the number of markers in {@link #text()}
	 */
	public int bindCount() {
		return this.parameters.length;
	}

	/**
	 * Which parameter belongs to a marker.
	 * @param bind the index of the marker, from 0
	 * @return the index of the parameter, from 0
	 */
	public int parameterOf(int bind) {
		return this.parameters[bind];
	}

	/**
	 * Where a marker stands.
	 * @param bind the index of the marker, from 0
	 * @return the offset of its {@code ?} in {@link #text()}
	 */
	public int offsetOf(int bind) {
		return this.offsets[bind];
	}

	/**
	 * The names of the parameters, in the order of their first use.
	 * @return the names, none unless the style is {@link ParameterStyle#NAMED}
	 */
	public List<String> names() {
		return this.names;
	}

	/**
	 * Whether the text certainly reads only, judged by its keywords; if it holds several
	 * statements, whether each does. What the functions do that a query calls, nobody can
	 * see.
	 * @return whether it is a pure read
	 */
	public boolean readsOnly() {
		return this.readsOnly;
	}

	/**
	 * Why the statement must not be run by itself: it would begin or end a transaction
	 * behind the back of whoever keeps its connection, or a part of it would not be run.
	 * @return the reason and what to do instead, or {@code null} if there is none
	 */
	public @Nullable String objection() {
		return this.objection;
	}

	/**
	 * Whether the statement changes rows and certainly gives none.
	 * @return whether there is nothing to be queried
	 */
	public boolean givesNoRows() {
		return this.changesRows && !this.returning;
	}

	/**
	 * Whether the statement certainly changes rows, whatever it gives.
	 * @return whether it is no read
	 */
	public boolean changesRows() {
		return this.changesRows;
	}

	/**
	 * Whether the statement may change rows and give those that it has changed.
	 * @return whether it is a write and a query in one
	 */
	public boolean mayGiveChanges() {
		return this.returning && !this.readsOnly;
	}

	/**
	 * Whether the statement sets a savepoint, goes back to one or gives it up, which is
	 * part of a transaction.
	 * @return whether it needs a transaction
	 */
	public boolean ofSavepoint() {
		return this.ofSavepoint;
	}

	private static @Nullable String objection(Outline outline, SqlSyntax syntax) {
		if (outline.ofTransaction()) {
			return "it begins or ends a transaction, which the connection would keep for its next user. Use"
					+ " inTransaction(), or a session's begin(), commit() and rollback().";
		}
		if (outline.statements() > 1 && syntax.has(SqlSyntax.Feature.ONE_STATEMENT_TEXTS)) {
			return "it is several statements in one text, of which this database's driver runs only the first. Run them"
					+ " one by one, in a transaction if they belong together.";
		}
		return null;
	}

	/** The text. It holds no values but those that were written into it. */
	@Override
	public String toString() {
		return this.text;
	}

}
