package io.dbop.dialect;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * The dialects that are known: those of the application first, then those that libraries
 * bring as services, then PostgreSQL, MariaDB, MySQL, the engines that speak like them,
 * SQLite and H2. Immutable.
 */
public final class Dialects {

	private static final Dialect GENERIC = new GenericDialect();

	private final List<Dialect> dialects;

	/**
	 * Creates the registry, and looks for services of the type {@link Dialect}.
	 * @param own dialects of the application, asked before all others
	 * @throws java.util.ServiceConfigurationError if a service is named that cannot be
	 * used
	 */
	public Dialects(List<? extends Dialect> own) {
		List<Dialect> all = new ArrayList<>(own);
		ServiceLoader.load(Dialect.class, ClassUtils.getDefaultClassLoader()).forEach(all::add);
		// Those first that look like another one.
		all.add(new CockroachDialect());
		all.add(new YugabyteDialect());
		all.add(new PostgresDialect());
		all.add(new MariaDbDialect());
		all.add(new TiDbDialect());
		all.add(new VitessDialect());
		all.add(new MySqlDialect());
		all.add(new SqliteDialect());
		all.add(new H2Dialect());
		this.dialects = List.copyOf(all);
	}

	/**
	 * The names that a database's {@code type} may have.
	 * @return the names, in the order of the dialects
	 */
	public List<String> names() {
		return this.dialects.stream().map(Dialect::name).distinct().toList();
	}

	/**
	 * Finds a dialect by its name, in any case. {@code postgres} is PostgreSQL too.
	 * @param name the name
	 * @return the dialect, or {@code null} if there is none of that name
	 */
	public @Nullable Dialect findByName(String name) {
		String lowerCase = name.toLowerCase(Locale.ROOT);
		String wanted = lowerCase.equals("postgres") ? "postgresql" : lowerCase;
		for (Dialect dialect : this.dialects) {
			if (dialect.name().equals(wanted)) {
				return dialect;
			}
		}
		return null;
	}

	/**
	 * Finds the dialect for a JDBC URL.
	 * @param url the URL
	 * @return the dialect, or {@code null} if no dialect knows the prefix of the URL
	 */
	public @Nullable Dialect findByUrl(String url) {
		String lowerCase = url.toLowerCase(Locale.ROOT);
		for (Dialect dialect : this.dialects) {
			if (dialect.urlPrefixes().stream().anyMatch(lowerCase::startsWith)) {
				return dialect;
			}
		}
		return null;
	}

	/**
	 * Finds the dialect of a live database.
	 * @param metaData what the database says of itself
	 * @return the dialect, a generic one for databases that no dialect knows
	 * @throws SQLException if the database does not answer
	 */
	public Dialect get(DatabaseMetaData metaData) throws SQLException {
		for (Dialect dialect : this.dialects) {
			if (dialect.serves(metaData)) {
				return dialect;
			}
		}
		return GENERIC;
	}

	/**
	 * The dialect of databases that no other serves: it knows the SQL standard's error
	 * states only.
	 * @return the generic dialect
	 */
	public static Dialect generic() {
		return GENERIC;
	}

}
