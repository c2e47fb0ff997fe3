package io.dbop.entity;

import java.util.List;

/** What a save is to give back. */
enum GivenBack {

	/** What the rows have become. */
	ROWS,

	/**
	 * Which rows are saved, where nobody asks for more: to send and read them all is a
	 * good part of the cost.
	 */
	IDS;

	/** The columns that the database has to give. */
	String columns(EntityTables tables, EntitySchema schema) {
		return (this == ROWS) ? tables.columnList(schema)
				: String.join(", ", List.of(tables.quote(SystemColumn.ID), tables.quote(SystemColumn.REVISION)));
	}

}
