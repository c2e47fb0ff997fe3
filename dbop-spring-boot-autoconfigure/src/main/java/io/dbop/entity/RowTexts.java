package io.dbop.entity;

import java.sql.SQLException;

import io.dbop.entity.cache.RowCodec;
import org.jspecify.annotations.Nullable;

/**
 * The texts of entities in a cache. Each begins with whose it is and what its writer knew
 * of the columns: whoever knows them otherwise asks the database.
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
		return row.record().deleted() ? null : head(row.schema()) + row.columns().text();
	}

	private String head(EntitySchema known) {
		return known.text("head", (key) -> {
			// An alias may be another database later, or elsewhere.
			StringBuilder head = new StringBuilder().append(this.calls.database().alias())
				.append('@')
				.append(server())
				.append(' ')
				.append(known.entity())
				.append(' ')
				.append(known.revision());
			known.fields().forEach((name, type) -> head.append(',').append(name).append(' ').append(type.name()));
			return head.append(';').toString();
		});
	}

	/** Without parameters, in which instances may differ. */
	private String server() {
		String location = String.valueOf(this.calls.database().engine().pool().location());
		return location.split("[?;]", 2)[0];
	}

	@Override
	public @Nullable ReadRow decode(String text) {
		String head = head(this.schema);
		if (!text.startsWith(head)) {
			return null;
		}
		HeldRow columns = HeldRow.parse(this.schema, text.substring(head.length()));
		RowReader reader = new RowReader(this.schema, this.calls.dialect().columns(), this.calls.values());
		try {
			return new ReadRow(reader.map(columns), columns, this.schema);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Columns that are here need no database", ex);
		}
	}

}
