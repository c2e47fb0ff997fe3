package io.dbop.statement;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.SingleColumnRowMapper;
import org.springframework.util.ConcurrentReferenceHashMap;

/** The mappers that {@code JdbcClient} uses, one for each type. */
final class RowMappers {

	private static final ConcurrentReferenceHashMap<Class<?>, RowMapper<?>> CACHE = new ConcurrentReferenceHashMap<>();

	private RowMappers() {
	}

	@SuppressWarnings("unchecked")
	static <T> RowMapper<@Nullable T> of(Class<T> type) {
		RowMapper<?> known = CACHE.get(type);
		if (known == null) {
			known = make(type);
			CACHE.put(type, known);
		}
		return (RowMapper<@Nullable T>) known;
	}

	private static RowMapper<?> make(Class<?> type) {
		return BeanUtils.isSimpleProperty(type) ? new SingleColumnRowMapper<>(type)
				: new SimplePropertyRowMapper<>(type);
	}

}
