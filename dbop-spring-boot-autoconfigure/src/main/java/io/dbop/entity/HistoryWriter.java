package io.dbop.entity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import org.springframework.dao.DuplicateKeyException;

/**
 * Copies rows that have been changed into the history, where the change does not do so
 * itself. For one call, and used by one thread.
 */
final class HistoryWriter {

	private final EntityCall call;

	private final EntitySchema schema;

	private final ChangeSql texts;

	private final ChangedRows changed;

	HistoryWriter(EntityCall call, EntitySchema schema, ChangeSql texts, ChangedRows changed) {
		this.call = call;
		this.schema = schema;
		this.texts = texts;
		this.changed = changed;
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
			if (this.call.update(this.texts.renumber(ids.size()), this.texts.ids(ids)) == 0) {
				throw ex;
			}
			copy(ids);
			return false;
		}
	}

	private void copy(List<String> ids) {
		String text = this.schema.text(new RecordKey(ids.size()), (key) -> this.texts.record(key.rows()));
		List<String> parameters = this.texts.ids(ids);
		copying(ids.size(), () -> this.call.update(text, parameters), this.texts::takeBack, parameters);
		this.call.changed(true);
	}

	/** As a whole: where a version is taken none is copied. */
	private <T> T copying(int rows, Supplier<T> copy, IntFunction<String> takeBack, List<?> parameters) {
		String before = this.texts.beforeCopy(rows);
		Long last = (before != null) ? this.call.sql(before, List.of()).single(Long.class) : null;
		try {
			return this.call.whole(rows, copy);
		}
		catch (DuplicateKeyException ex) {
			if (last != null) {
				List<Object> all = new ArrayList<>(parameters.size() + 1);
				all.add(last);
				all.addAll(parameters);
				this.call.update(takeBack.apply(rows), all);
			}
			throw ex;
		}
	}

	/**
	 * Copies those of the rows that have been saved: not those of which others know more.
	 * The number of copies shows whether that is all.
	 * @return their ids
	 */
	List<String> recordSaved(List<String> ids) {
		this.call.changed(false);
		List<Object> parameters = idsAndRevision(ids);
		try {
			String text = this.schema.text(new RecordSavedKey(ids.size()), (key) -> this.texts.recordSaved(key.rows()));
			int copied = copying(ids.size(), () -> this.call.update(text, parameters), this.texts::takeBackSaved,
					parameters);
			this.call.changed(true);
			return (copied == ids.size()) ? ids : saved(ids.size(), parameters);
		}
		catch (DuplicateKeyException ex) {
			List<String> saved = saved(ids.size(), parameters);
			record(saved);
			return saved;
		}
	}

	/**
	 * The same where the database tells what it has copied.
	 * @return what they have become
	 */
	Map<String, EntityRecord> recordTelling(List<String> ids) {
		List<Object> parameters = idsAndRevision(ids);
		try {
			String text = this.schema.text(new RecordTellingKey(ids.size()),
					(key) -> this.texts.recordTelling(key.rows()));
			Map<String, EntityRecord> saved = copying(ids.size(),
					() -> this.changed.query(text, parameters, GivenBack.ROWS), this.texts::takeBackSaved, parameters);
			if (saved.isEmpty()) {
				this.call.recorded();
			}
			else {
				this.call.changed(true);
			}
			return saved;
		}
		catch (DuplicateKeyException ex) {
			this.call.changed(false);
			List<String> saved = saved(ids.size(), parameters);
			record(saved);
			return this.changed.readBack(saved);
		}
		catch (RuntimeException ex) {
			this.call.changed(false);
			throw ex;
		}
	}

	private List<Object> idsAndRevision(List<String> ids) {
		List<Object> parameters = new ArrayList<>(this.texts.ids(ids));
		parameters.add(this.schema.revision());
		return parameters;
	}

	private List<String> saved(int rows, List<Object> parameters) {
		return this.call.sql(this.texts.saved(rows), parameters).list(String.class);
	}

	/** Of which there are as many as kinds of statements. */
	private record RecordKey(int rows) {
	}

	private record RecordSavedKey(int rows) {
	}

	private record RecordTellingKey(int rows) {
	}

}
