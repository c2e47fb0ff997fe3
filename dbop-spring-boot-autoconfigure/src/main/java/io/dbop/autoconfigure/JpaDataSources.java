package io.dbop.autoconfigure;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** What is known only where JPA is on the classpath. */
final class JpaDataSources {

	private JpaDataSources() {
	}

	static @Nullable DataSource of(PlatformTransactionManager manager) {
		return (manager instanceof JpaTransactionManager jpa) ? jpa.getDataSource() : null;
	}

}
