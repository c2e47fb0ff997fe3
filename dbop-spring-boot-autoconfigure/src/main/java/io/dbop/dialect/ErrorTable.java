package io.dbop.dialect;

import java.util.HashMap;
import java.util.Map;

import io.dbop.failure.Classification;
import org.jspecify.annotations.Nullable;

/**
 * What the error codes of a database mean. Immutable.
 */
final class ErrorTable {

	private final Map<String, Classification> meanings;

	private ErrorTable(Map<String, Classification> meanings) {
		this.meanings = Map.copyOf(meanings);
	}

	static ErrorTable of(Row... rows) {
		Map<String, Classification> meanings = new HashMap<>();
		for (Row row : rows) {
			for (String code : row.codes) {
				if (meanings.put(code, row.meaning) != null) {
					throw new IllegalArgumentException("Code " + code + " stands in the table twice");
				}
			}
		}
		return new ErrorTable(meanings);
	}

	static Row row(Classification meaning, String... codes) {
		return new Row(meaning, codes);
	}

	/**
	 * Adds the rows of a more special table, which prevail.
	 * @param special the other table
	 * @return a table with the rows of both
	 */
	ErrorTable with(ErrorTable special) {
		Map<String, Classification> both = new HashMap<>(this.meanings);
		both.putAll(special.meanings);
		return new ErrorTable(both);
	}

	@Nullable Classification find(@Nullable String code) {
		return (code != null) ? this.meanings.get(code) : null;
	}

	@Nullable Classification find(int vendorCode) {
		return (vendorCode != 0) ? this.meanings.get(Integer.toString(vendorCode)) : null;
	}

	/**
	 * Looks up an SQLSTATE, or else its class: the first two characters.
	 * @param state the SQLSTATE
	 * @return what it means, or {@code null} if the table does not know
	 */
	@Nullable Classification findState(@Nullable String state) {
		if (state == null || state.length() < 2) {
			return null;
		}
		Classification exact = this.meanings.get(state);
		return (exact != null) ? exact : this.meanings.get(state.substring(0, 2));
	}

	/**
	 * Codes of one meaning.
	 */
	static final class Row {

		private final Classification meaning;

		private final String[] codes;

		private Row(Classification meaning, String... codes) {
			this.meaning = meaning;
			this.codes = codes;
		}

	}

}
