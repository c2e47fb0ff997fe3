package io.dbop.entity;

import java.sql.SQLException;

import io.dbop.entity.cache.RowCodec;
import org.jspecify.annotations.Nullable;

/**
 * The texts of entities in a cache. Each says what its writer knew of the columns:
 * whoever knows them otherwise asks the database.
 */
final class RowTexts implements RowCodec<ReadRow> {

	private final EntityCalls calls;

	private final EntitySchema schema;

	RowTexts(EntityCalls calls, EntitySchema schema) {
		this.calls = calls;
		this.schema = schema;
	}

	@Override
	public @Nullable String encode(ReadRow row) {
		return row.record().deleted() ? null : row.schema().fingerprint() + row.columns().text();
	}

	@Override
	public @Nullable ReadRow decode(String text) {
		String fingerprint = this.schema.fingerprint();
		if (!text.startsWith(fingerprint)) {
			return null;
		}
		HeldRow columns = HeldRow.parse(this.schema, text.substring(fingerprint.length()));
		RowReader reader = new RowReader(this.schema, this.calls.dialect().columns(), this.calls.values());
		try {
			return new ReadRow(reader.map(columns), columns, this.schema);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Columns that are here need no database", ex);
		}
	}

}
