package io.dbop.autoconfigure;

import javax.sql.DataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizers;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * Makes what Boot makes for the primary DataSource for the others.
 */
class JdbcBeans {

	static final String BEAN_NAME = "dbopJdbcBeans";

	private final ObjectProvider<TransactionManagerCustomizers> customizers;

	private final ObjectProvider<SQLExceptionTranslator> translators;

	JdbcBeans(ObjectProvider<TransactionManagerCustomizers> customizers,
			ObjectProvider<SQLExceptionTranslator> translators) {
		this.customizers = customizers;
		this.translators = translators;
	}

	JdbcTransactionManager transactionManager(DataSource dataSource) {
		JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
		this.customizers.ifAvailable((customizers) -> customizers.customize(manager));
		return manager;
	}

	JdbcTemplate jdbcTemplate(DataSource dataSource) {
		JdbcTemplate template = new JdbcTemplate(dataSource);
		this.translators.ifUnique(template::setExceptionTranslator);
		return template;
	}

	NamedParameterJdbcTemplate namedParameterJdbcTemplate(JdbcTemplate template) {
		return new NamedParameterJdbcTemplate(template);
	}

	JdbcClient jdbcClient(NamedParameterJdbcTemplate template) {
		return JdbcClient.create(template);
	}

}
