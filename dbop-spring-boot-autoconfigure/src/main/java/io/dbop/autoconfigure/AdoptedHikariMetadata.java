package io.dbop.autoconfigure;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.boot.jdbc.metadata.HikariDataSourcePoolMetadata;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Tells Boot, whose meters read a private field of Hikari's, of the data source inside
 * our proxy: the proxy has the field too, and it is empty.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class AdoptedHikariMetadata implements DataSourcePoolMetadataProvider {

	@Override
	public @Nullable DataSourcePoolMetadata getDataSourcePoolMetadata(DataSource dataSource) {
		ConnectionPool pool = ConnectionPool.of(dataSource);
		return (pool != null && pool.target() instanceof HikariDataSource hikari)
				? new HikariDataSourcePoolMetadata(hikari) : null;
	}

}
