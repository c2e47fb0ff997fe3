package io.dbop.statement;

/**
 * What kind of run of a statement it is.
 *
 * @param kind what is asked of it
 * @param keys which keys the driver is to give back
 * @param columns the columns of the keys, if they are named
 */
record StatementForm(Kind kind, Keys keys, String[] columns) {

	static final StatementForm QUERY = new StatementForm(Kind.QUERY, Keys.NONE, new String[0]);

	static final StatementForm STREAM = new StatementForm(Kind.STREAM, Keys.NONE, new String[0]);

	static final StatementForm UPDATE = new StatementForm(Kind.UPDATE, Keys.NONE, new String[0]);

	static final StatementForm BATCH = new StatementForm(Kind.BATCH, Keys.NONE, new String[0]);

	static final StatementForm KEYS = new StatementForm(Kind.UPDATE, Keys.ALL, new String[0]);

	static StatementForm keys(String[] columns) {
		return new StatementForm(Kind.UPDATE, Keys.NAMED, columns.clone());
	}

	/**
	 * Whether the driver leaves it to us what stands beside the statement in its text.
	 */
	boolean limitsInText() {
		return this.keys == Keys.NONE && (this.kind == Kind.QUERY || this.kind == Kind.UPDATE);
	}

	/** What is asked of a statement. */
	enum Kind {

		QUERY, STREAM, UPDATE, BATCH;

		/** The name of operations that were given none. */
		String operation() {
			return "sql." + name().toLowerCase(java.util.Locale.ROOT);
		}

	}

	/** Which keys the driver is to give back. */
	enum Keys {

		NONE, ALL, NAMED

	}

}
