package io.dbop.autoconfigure;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.orm.jpa.hibernate.HibernateTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** What is known only where Hibernate is used without JPA's interfaces. */
final class HibernateDataSources {

	private HibernateDataSources() {
	}

	static @Nullable DataSource of(PlatformTransactionManager manager) {
		return (manager instanceof HibernateTransactionManager hibernate) ? hibernate.getDataSource() : null;
	}

}
