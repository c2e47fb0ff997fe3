package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

/**
 * The data source of a HikariCP pool that was opened here. It hands out recorded
 * connections by itself, where one that was there before needs a
 * {@linkplain DataSourceProxy proxy}: a class more to be made at the start, and a detour
 * for each connection.
 */
final class RecordingDataSource extends HikariDataSource {

	/** Not by the name of a field that HikariCP has: some look into these. */
	private volatile @Nullable ConnectionPool recording;

	/** One that begins with its first connection. */
	RecordingDataSource() {
	}

	/** One that has begun. */
	RecordingDataSource(HikariConfig settings) {
		super(settings);
	}

	/** Has connections be those of a pool, which takes its own from here. */
	void recordFor(ConnectionPool pool) {
		this.recording = pool;
	}

	@Nullable ConnectionPool connectionPool() {
		return this.recording;
	}

	@Override
	public Connection getConnection() throws SQLException {
		ConnectionPool pool = this.recording;
		return (pool != null) ? pool.acquisition().acquire() : super.getConnection();
	}

	/** A connection as HikariCP gives it. */
	static Connection plainConnection(HikariDataSource pool) throws SQLException {
		return (pool instanceof RecordingDataSource recording) ? recording.plainConnection() : pool.getConnection();
	}

	private Connection plainConnection() throws SQLException {
		return super.getConnection();
	}

	@Override
	public void evictConnection(Connection connection) {
		super.evictConnection((connection instanceof RecordedConnection recorded) ? recorded.target() : connection);
	}

}
