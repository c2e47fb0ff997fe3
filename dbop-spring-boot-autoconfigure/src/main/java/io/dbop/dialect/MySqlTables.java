package io.dbop.dialect;

import org.jspecify.annotations.Nullable;

/** Tables of MySQL. */
final class MySqlTables extends InnoDbTables {

	/** A name that no entity can have. */
	@Override
	String rowAlias() {
		return " AS dbop_n";
	}

	@Override
	public String proposed(String column) {
		return "dbop_n." + column;
	}

	@Override
	public @Nullable String returning(String change, String columns) {
		return null;
	}

}
