package io.dbop.sql;

import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import com.github.benmanes.caffeine.cache.stats.ConcurrentStatsCounter;
import com.github.benmanes.caffeine.cache.stats.StatsCounter;

/**
 * Turns the statements of one alias into what its driver takes, and remembers them by
 * their very text. Thread-safe.
 */
public final class SqlTranslator {

	private static final int DEFAULT_SIZE = 1000;

	/** Longer texts are made by programs, with their values in them. */
	private static final int MAX_CACHED_LENGTH = 64 * 1024;

	/** A text this much longer takes the room of one more. */
	private static final int ROOM = 2048;

	private final String alias;

	private final Supplier<SqlSyntax> syntax;

	private final int size;

	private final StatsCounter counter = new ConcurrentStatsCounter();

	private volatile Generation generation;

	/**
	 * Creates a translator that remembers 1000 statements of ordinary length.
	 * @param alias the alias, for messages
	 * @param syntax how the database writes SQL; an answer that changes takes the
	 * remembered statements with it
	 */
	public SqlTranslator(String alias, Supplier<SqlSyntax> syntax) {
		this(alias, syntax, DEFAULT_SIZE);
	}

	SqlTranslator(String alias, Supplier<SqlSyntax> syntax, int size) {
		this.alias = alias;
		this.syntax = syntax;
		this.size = size;
		this.generation = newGeneration(SqlSyntax.standard());
	}

	/**
	 * Translates a statement.
	 * @param sql the statement
	 * @return what the driver takes
	 * @throws InvalidSqlException if the statement mixes forms of parameters, or has a
	 * marker or a name that cannot be
	 */
	public SqlStatement translate(String sql) {
		SqlSyntax now = this.syntax.get();
		if (sql.length() > MAX_CACHED_LENGTH) {
			return new Translation(this.alias, sql, now).run();
		}
		Generation current = this.generation;
		if (current.syntax != now) {
			current = renew(now);
		}
		SqlStatement known = current.statements.getIfPresent(sql);
		if (known != null) {
			return known;
		}
		SqlStatement made = new Translation(this.alias, sql, now).run();
		current.statements.put(sql, made);
		return made;
	}

	private synchronized Generation renew(SqlSyntax now) {
		if (this.generation.syntax != now) {
			this.generation = newGeneration(now);
		}
		return this.generation;
	}

	private Generation newGeneration(SqlSyntax now) {
		return new Generation(now,
				Caffeine.newBuilder()
					.maximumWeight(this.size)
					.<String, SqlStatement>weigher((sql, statement) -> 1 + sql.length() / ROOM)
					.recordStats(() -> this.counter)
					.executor(Runnable::run)
					.build());
	}

	/**
	 * What the cache has done so far.
	 * @return the figures
	 */
	public CacheStatistics statistics() {
		CacheStats stats = this.counter.snapshot();
		return new CacheStatistics(stats.hitCount(), stats.missCount(), stats.evictionCount(),
				this.generation.statements.estimatedSize());
	}

	private record Generation(SqlSyntax syntax, Cache<String, SqlStatement> statements) {
	}

}
