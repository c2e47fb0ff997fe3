package io.dbop.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.dbop.disclosure.ValueDisclosure;
import io.dbop.entity.EntityMode;
import io.dbop.entity.TypeConflict;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The configuration of dbop. Immutable.
 *
 * @param enabled whether operations are retried and guarded by circuit breakers, and
 * connections recorded. If not, each annotated method is attempted once, still in the
 * transaction that its annotation asks for, and every DataSource is the plain pool.
 * @param databases the databases by alias. An entry without type, url, host, hosts, port
 * and database holds settings for an existing DataSource of that alias.
 * @param slowQuery which statements and methods are logged as slow, and what is told of
 * them.
 * @param leakDetection when a connection is taken for forgotten.
 * @param advice how databases are watched, to say what their figures mean.
 * @param entity what may be done to the tables of entities.
 * @param observations whether operations and attempts are observed.
 */
@ConfigurationProperties(prefix = DbopProperties.PREFIX, ignoreUnknownFields = false)
record DbopProperties(@DefaultValue("true") boolean enabled, @DefaultValue Map<String, DatabaseProperties> databases,
		@DefaultValue SlowQueryProperties slowQuery, @DefaultValue LeakDetectionProperties leakDetection,
		@DefaultValue AdviceProperties advice, @DefaultValue EntityProperties entity,
		@DefaultValue ObservationsProperties observations) {

	/** The prefix of all properties. */
	static final String PREFIX = "dbop";

	/** The prefix of the properties of databases. */
	static final String DATABASES = PREFIX + ".databases";

	/** The settings of a database of which nothing is configured. */
	static final DatabaseProperties DEFAULTS = new Binder().bindOrCreate(DATABASES + ".default",
			DatabaseProperties.class);

	/**
	 * Copies the databases, each once however often its alias is spelt differently.
	 */
	DbopProperties {
		databases = AliasSpelling.distinct(databases);
	}

	/**
	 * The settings of an alias, the defaults if nothing is configured.
	 */
	DatabaseProperties database(String alias) {
		DatabaseProperties configured = this.databases.get(alias);
		return (configured != null) ? configured : DEFAULTS;
	}

	/**
	 * When a connection is taken for forgotten.
	 *
	 * @param enabled whether connections are looked after that are not given back. If
	 * not, nothing is noted when one is taken.
	 * @param threshold how long a connection may be held before it is reported.
	 * @param period how often it is looked, at most once a second.
	 */
	record LeakDetectionProperties(@DefaultValue("true") boolean enabled, @DefaultValue("300s") Duration threshold,
			@DefaultValue("30s") Duration period) {
	}

	/**
	 * How databases are watched.
	 *
	 * @param interval the time between two looks at the figures, 100ms to 1m. Advice
	 * changes its level after two looks at the earliest.
	 * @param askServer whether database servers are asked, about once a minute and on a
	 * connection beside the pool, how many connections they may have.
	 */
	record AdviceProperties(@DefaultValue("5s") Duration interval, @DefaultValue("true") boolean askServer) {
	}

	/**
	 * What may be done to the tables of entities, of all databases that say nothing else.
	 *
	 * @param mode what may be done: evolve, create, validate or none.
	 * @param onTypeConflict what is done when a field is given a value that its column
	 * cannot hold: refuse the save, or make a text of the column.
	 * @param maxFields the most fields that an entity may have.
	 * @param schemaLockTimeout how long a change to a table waits for others.
	 * @param writer how writers bring single saves together.
	 * @param cache where those entities are kept that are read through a cache.
	 */
	record EntityProperties(@DefaultValue("evolve") EntityMode mode,
			@DefaultValue("refuse") TypeConflict onTypeConflict, @DefaultValue("500") int maxFields,
			@DefaultValue("5s") Duration schemaLockTimeout, @DefaultValue WriterProperties writer,
			@DefaultValue CacheProperties cache) {

		/** The prefix of these properties. */
		static final String PREFIX = DbopProperties.PREFIX + ".entity.";

	}

	/**
	 * How writers bring single saves of entities together, of all databases.
	 *
	 * @param threads how many groups of an entity may be on their way to the database at
	 * the same time, each on a connection.
	 * @param maxRows the most saves that are committed together.
	 * @param maxDelay how long a save waits for others while none is on its way to the
	 * database; 0 to wait for none.
	 * @param capacity how many saves may wait before their callers have to.
	 * @param maxWait how long a caller waits for room before the save fails.
	 */
	record WriterProperties(@DefaultValue("2") int threads, @DefaultValue("500") int maxRows,
			@DefaultValue("0ms") Duration maxDelay, @DefaultValue("10000") int capacity,
			@DefaultValue("10s") Duration maxWait) {
	}

	/**
	 * Where those entities are kept that are read through a cache, of all databases.
	 *
	 * @param manager the name of the CacheManager bean; by default the only or primary
	 * one, and if there is none, caches within the JVM.
	 * @param maxAge how long what was read counts at most, also where a cache could not
	 * be told of a change.
	 * @param maxEntities how many of each entity a cache within the JVM keeps. Others are
	 * limited where they are configured.
	 */
	record CacheProperties(@Nullable String manager, @DefaultValue("10m") Duration maxAge,
			@DefaultValue("10000") int maxEntities) {

		/** The name of a property. */
		static final String MANAGER = EntityProperties.PREFIX + "cache.manager";

	}

	/**
	 * Whether operations and attempts are observed, as spans are made of.
	 *
	 * @param enabled true, false, or auto: if there is a tracer, an ObservationHandler or
	 * an ObservationRegistry of the application.
	 */
	record ObservationsProperties(@DefaultValue("auto") ObservationsSwitch enabled) {

		/** The name of the property. */
		static final String ENABLED = DbopProperties.PREFIX + ".observations.enabled";

	}

	/**
	 * Which statements and methods are logged as slow.
	 *
	 * @param threshold how long a statement may take before it is logged, and a method
	 * with {@code @TrackSlow} that names no threshold of its own; 0 to log none.
	 * @param parameters how much is told of parameters, arguments and results: full,
	 * masked (types and sizes only) or none. Secrets, going by their names, are never
	 * told.
	 * @param sensitiveNames further names of what is never told, besides password,
	 * secret, token and their like.
	 */
	record SlowQueryProperties(@DefaultValue("2s") Duration threshold,
			@DefaultValue("masked") ValueDisclosure parameters, @DefaultValue List<String> sensitiveNames) {

		/** The prefix of these properties. */
		static final String PREFIX = DbopProperties.PREFIX + ".slow-query.";

	}

}
