package io.dbop.dialect;

import org.jspecify.annotations.Nullable;

/** Tables of MySQL. */
final class MySqlTables extends InnoDbTables {

	@Override
	String rowAlias() {
		return " AS n";
	}

	@Override
	public String proposed(String column) {
		return "n." + column;
	}

	@Override
	public @Nullable String returning(String change, String columns) {
		return null;
	}

}
