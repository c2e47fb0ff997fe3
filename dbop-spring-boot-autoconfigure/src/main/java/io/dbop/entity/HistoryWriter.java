package io.dbop.entity;

import java.util.ArrayList;
import java.util.List;

import org.springframework.dao.DuplicateKeyException;

/**
 * Copies rows that have been changed into the history, where the change does not do so
 * itself. For one call, and used by one thread.
 */
final class HistoryWriter {

	private final EntityCall call;

	private final EntitySchema schema;

	private final ChangeSql texts;

	HistoryWriter(EntityCall call, EntitySchema schema, ChangeSql texts) {
		this.call = call;
		this.schema = schema;
		this.texts = texts;
	}

	/**
	 * Copies rows.
	 * @return whether they went on where the history ended; otherwise they have been
	 * renumbered
	 */
	boolean record(List<String> ids) {
		this.call.changed(false);
		try {
			copy(ids);
			return true;
		}
		catch (DuplicateKeyException ex) {
			if (this.call.update(this.texts.renumber(ids.size()), ids) == 0) {
				throw ex;
			}
			copy(ids);
			return false;
		}
	}

	private void copy(List<String> ids) {
		this.call.update(this.schema.text(new RecordKey(ids.size()), (key) -> this.texts.record(key.rows())), ids);
		this.call.changed(true);
	}

	/**
	 * Copies those of the rows that have been saved: not those of which others know more.
	 * @return their ids
	 */
	List<String> recordSaved(List<String> ids) {
		this.call.changed(false);
		List<Object> idsAndRevision = new ArrayList<>(ids);
		idsAndRevision.add(this.schema.revision());
		try {
			int copied = this.call.update(
					this.schema.text(new RecordSavedKey(ids.size()), (key) -> this.texts.recordSaved(key.rows())),
					idsAndRevision);
			this.call.changed(true);
			return (copied == ids.size()) ? ids : saved(idsAndRevision);
		}
		catch (DuplicateKeyException ex) {
			List<String> saved = saved(idsAndRevision);
			record(saved);
			return saved;
		}
	}

	private List<String> saved(List<Object> idsAndRevision) {
		return this.call.sql(this.texts.saved(idsAndRevision.size() - 1), idsAndRevision).list(String.class);
	}

	/** Of which there are as many as kinds of statements. */
	private record RecordKey(int rows) {
	}

	private record RecordSavedKey(int rows) {
	}

}
