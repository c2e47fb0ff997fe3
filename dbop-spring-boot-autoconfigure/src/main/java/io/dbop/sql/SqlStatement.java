package io.dbop.sql;

import java.util.List;

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

	SqlStatement(String text, Parameters parameters, boolean readsOnly) {
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

	/** The text. It holds no values but those that were written into it. */
	@Override
	public String toString() {
		return this.text;
	}

}
