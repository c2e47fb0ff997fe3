package io.dbop.dialect;

/**
 * Why there are no entities on an engine that speaks like another database: their
 * statements lean on locks, on changes of tables and on forms of INSERT in which it may
 * differ.
 */
final class UntriedEntities {

	private UntriedEntities() {
	}

	static UnsupportedOperationException on(Dialect dialect) {
		return new UnsupportedOperationException(
				"There are no entities on %s: their statements have not been tried there".formatted(dialect.name()));
	}

}
