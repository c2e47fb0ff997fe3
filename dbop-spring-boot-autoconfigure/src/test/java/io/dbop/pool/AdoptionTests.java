package io.dbop.pool;

import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.logging.Logger;

import javax.naming.Referenceable;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import io.dbop.dialect.Dialects;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the adoption of existing data sources.
 */
class AdoptionTests {

	private static final Dialects DIALECTS = new Dialects(List.of());

	private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

	@Test
	void whenHikariIsAdoptedThenItIsStillHikari() throws SQLException {
		try (HikariDataSource hikari = hikari()) {
			ConnectionPool pool = ConnectionPoolFactory.adopt("main", hikari, DIALECTS);
			assertThat(pool.dataSource()).isInstanceOf(HikariDataSource.class).isNotSameAs(hikari);
			HikariDataSource adopted = (HikariDataSource) pool.dataSource();
			assertThat(adopted.getMaximumPoolSize()).isEqualTo(2);
			assertThat(adopted.unwrap(HikariDataSource.class)).isSameAs(adopted);
			assertThat(adopted.isWrapperFor(HikariDataSource.class)).isTrue();
			assertThat(DataSourceUnwrapper.unwrap(adopted, HikariConfigMXBean.class, HikariDataSource.class))
				.isNotNull();
			try (Connection connection = adopted.getConnection()) {
				assertThat(connection).isInstanceOf(RecordedConnection.class);
				assertThat(adopted.getHikariPoolMXBean().getActiveConnections()).isOne();
				assertThat(pool.status().active()).isOne();
				assertThat(pool.status().max()).isEqualTo(2);
				adopted.evictConnection(connection);
			}
			await().untilAsserted(() -> assertThat(hikari.getHikariPoolMXBean().getTotalConnections()).isZero());
			adopted.close();
			assertThat(hikari.isClosed()).isTrue();
		}
	}

	@Test
	void whenTwoPoolsAreOfOneMakeThenTheyShareAClassAndNothingElse() throws SQLException {
		try (HikariDataSource first = hikari(); HikariDataSource second = hikari()) {
			ConnectionPool one = ConnectionPoolFactory.adopt("one", first, DIALECTS);
			ConnectionPool other = ConnectionPoolFactory.adopt("other", second, DIALECTS);
			assertThat(one.dataSource().getClass()).isSameAs(other.dataSource().getClass());
			try (Connection connection = other.dataSource().getConnection()) {
				assertThat(connection.unwrap(Connection.class)).isNotNull();
				assertThat(other.status().active()).isOne();
				assertThat(one.status().active()).isZero();
			}
			((HikariDataSource) one.dataSource()).close();
			assertThat(first.isClosed()).isTrue();
			assertThat(second.isClosed()).isFalse();
		}
	}

	@Test
	void whenAPoolOfAnotherMakeIsAdoptedThenItWorksThere() throws SQLException {
		SingleConnectionDataSource single = new SingleConnectionDataSource(this.url, "sa", "", false);
		ConnectionPool pool = ConnectionPoolFactory.adopt("single", single, DIALECTS);
		assertThat(pool.dataSource()).isInstanceOf(SingleConnectionDataSource.class);
		JdbcTemplate jdbc = new JdbcTemplate(pool.dataSource());
		jdbc.execute("create table item (id int)");
		TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(pool.dataSource()));
		transactions.executeWithoutResult((status) -> jdbc.update("insert into item values (1)"));
		assertThat(jdbc.queryForObject("select count(*) from item", Integer.class)).isOne();
		assertThat(pool.statistics().acquired()).isEqualTo(3);
		assertThat(pool.status().max()).isNull();
		single.destroy();
	}

	@Test
	void whenAClassIsFinalThenItsInterfacesAreKept() throws SQLException {
		DataSource handMade = new HandMadeDataSource(this.url);
		ConnectionPool pool = ConnectionPoolFactory.adopt("final", handMade, DIALECTS);
		assertThat(pool.dataSource()).isInstanceOf(AutoCloseable.class);
		try (Connection connection = pool.dataSource().getConnection()) {
			assertThat(connection).isInstanceOf(RecordedConnection.class);
			assertThat(pool.activity().holders()).hasSize(1);
		}
		assertThat(pool.dialect().name()).isEqualTo("h2");
		DataSource proxy = (DataSource) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { DataSource.class }, (self, method, arguments) -> method.invoke(handMade, arguments));
		try (Connection connection = ConnectionPoolFactory.adopt("proxy", proxy, DIALECTS)
			.dataSource()
			.getConnection()) {
			assertThat(connection).isInstanceOf(RecordedConnection.class);
		}
	}

	@Test
	void whenWrappedThenThePoolBehindIsFound() {
		try (HikariDataSource hikari = hikari()) {
			ConnectionPool pool = ConnectionPoolFactory.adopt("main", hikari, DIALECTS);
			DataSource wrapped = new TransactionAwareDataSourceProxy(
					new LazyConnectionDataSourceProxy(pool.dataSource()));
			assertThat(ConnectionPool.of(wrapped)).isSameAs(pool);
			assertThat(ConnectionPool.of(hikari)).isNull();
			assertThat(ConnectionPool.unwrapped(wrapped)).isSameAs(hikari);
			assertThat(ConnectionPool.unwrapped(hikari)).isSameAs(hikari);
			PoolRegistry registry = new PoolRegistry();
			registry.register(pool);
			assertThat(registry.find(hikari)).isSameAs(pool);
			assertThat(registry.find(new DelegatingDataSource(hikari))).isSameAs(pool);
			assertThat(registry.find("main")).isSameAs(pool);
			assertThat(registry.find("other")).isNull();
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> registry.register(ConnectionPoolFactory.adopt("main", hikari, DIALECTS)));
		}
	}

	@Test
	void whenASubclassPreparesItsConnectionsThenEachIsPrepared() throws SQLException {
		try (TenantDataSource tenants = new TenantDataSource()) {
			tenants.setJdbcUrl(this.url);
			tenants.setMaximumPoolSize(1);
			tenants.setConnectionTimeout(2000);
			ConnectionPool pool = ConnectionPoolFactory.adopt("tenants", tenants, DIALECTS);
			Connection first = pool.dataSource().getConnection();
			Thread other = new Thread(() -> {
				try (Connection second = pool.dataSource().getConnection()) {
					second.isValid(1);
				}
				catch (SQLException ex) {
					throw new IllegalStateException(ex);
				}
			});
			other.start();
			await().until(() -> pool.status().waiting() == 1);
			first.close();
			await().until(() -> !other.isAlive());
			assertThat(tenants.prepared).isEqualTo(2);
		}
	}

	@Test
	void whenTheDatabaseTellsMoreThanTheUrlThenItIsBelieved() throws SQLException {
		SingleConnectionDataSource single = new SingleConnectionDataSource(this.url, "sa", "", true);
		ConnectionPool pool = ConnectionPoolFactory.adopt("single", new DelegatingDataSource(single), DIALECTS);
		assertThat(pool.dialect().name()).isEqualTo("h2");
		ConnectionPool broken = ConnectionPoolFactory.adopt("broken", new HandMadeDataSource("jdbc:nonsense:x"),
				DIALECTS);
		assertThat(broken.dialect()).isSameAs(Dialects.generic());
		single.destroy();
	}

	@Test
	void whenAForeignPoolIsClosedThenItTakesNoMoreWork() {
		HandMadeDataSource handMade = new HandMadeDataSource(this.url);
		ConnectionPool pool = ConnectionPoolFactory.adopt("final", handMade, DIALECTS);
		pool.close(Duration.ZERO);
		assertThat(handMade.closed).isTrue();
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> pool.dataSource().getConnection())
			.withMessageContaining("'final' is closed");
	}

	@Test
	void whenTheClassComesFromAServerThatHasNoSpringThenItsInterfacesAreKept() throws Exception {
		URL driver = JdbcDataSource.class.getProtectionDomain().getCodeSource().getLocation();
		try (URLClassLoader server = new URLClassLoader(new URL[] { driver }, ClassLoader.getPlatformClassLoader())) {
			DataSource pooled = (DataSource) server.loadClass(JdbcDataSource.class.getName())
				.getDeclaredConstructor()
				.newInstance();
			pooled.getClass().getMethod("setURL", String.class).invoke(pooled, this.url);
			ConnectionPool pool = ConnectionPoolFactory.adopt("server", pooled, DIALECTS);
			assertThat(pool.dataSource()).isInstanceOf(Referenceable.class);
			try (Connection connection = pool.dataSource().getConnection()) {
				assertThat(connection).isInstanceOf(RecordedConnection.class);
			}
		}
	}

	@Test
	void whenHikariMakesItsDataSourceItselfThenItIsCheckedAllTheSame() throws SQLException {
		try (HikariDataSource hikari = new HikariDataSource()) {
			hikari.setDataSourceClassName(JdbcDataSource.class.getName());
			hikari.addDataSourceProperty("url", this.url);
			hikari.setMaximumPoolSize(1);
			ConnectionPool pool = ConnectionPoolFactory.adopt("named", hikari, DIALECTS);
			pool.check();
			pool.revive();
			assertThat(pool.status().active()).isZero();
			assertThat(pool.dialect().name()).isEqualTo("h2");
		}
	}

	@Test
	void whenADriverCannotPutASettingBackThenTheConnectionIsClosedAllTheSame() throws SQLException {
		List<String> ends = new ArrayList<>();
		Connection stubborn = (Connection) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { Connection.class }, (self, method, arguments) -> {
					if (method.getName().equals("setTransactionIsolation") && Integer.valueOf(2).equals(arguments[0])) {
						throw new IllegalStateException("not now");
					}
					if (method.getName().equals("close") || method.getName().equals("abort")) {
						return ends.add(method.getName()) ? null : self;
					}
					return (method.getReturnType() == boolean.class) ? Boolean.TRUE
							: (method.getReturnType() == int.class) ? (Object) 2 : null;
				});
		DataSource source = (DataSource) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { DataSource.class }, (self, method, arguments) -> stubborn);
		ConnectionPool pool = new ConnectionPool("stubborn", null, new ForeignTarget(source),
				new LazyDialect(Dialects.generic()));
		Connection connection = pool.dataSource().getConnection();
		connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
		connection.close();
		assertThat(ends).containsExactly("abort", "close");
		assertThat(pool.activity().holders()).isEmpty();
	}

	private HikariDataSource hikari() {
		HikariDataSource hikari = new HikariDataSource();
		hikari.setJdbcUrl(this.url);
		hikari.setMaximumPoolSize(2);
		hikari.setMinimumIdle(0);
		return hikari;
	}

	/** A subclass that does something to each connection. */
	static class TenantDataSource extends HikariDataSource {

		private int prepared;

		@Override
		public synchronized Connection getConnection() throws SQLException {
			Connection connection = super.getConnection();
			this.prepared++;
			return connection;
		}

	}

	/** Not a pool at all, and final. */
	private static final class HandMadeDataSource implements DataSource, AutoCloseable {

		private final String url;

		private boolean closed;

		HandMadeDataSource(String url) {
			this.url = url;
		}

		@Override
		public Connection getConnection() throws SQLException {
			return DriverManager.getConnection(this.url, "sa", "");
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			return DriverManager.getConnection(this.url, username, password);
		}

		@Override
		public void close() {
			this.closed = true;
		}

		@Override
		public PrintWriter getLogWriter() {
			return new PrintWriter(System.out);
		}

		@Override
		public void setLogWriter(PrintWriter out) {
		}

		@Override
		public void setLoginTimeout(int seconds) {
		}

		@Override
		public int getLoginTimeout() {
			return 0;
		}

		@Override
		public Logger getParentLogger() {
			return Logger.getGlobal();
		}

		@Override
		public <T> T unwrap(Class<T> type) throws SQLException {
			throw new SQLException("wraps nothing");
		}

		@Override
		public boolean isWrapperFor(Class<?> type) {
			return false;
		}

	}

}
