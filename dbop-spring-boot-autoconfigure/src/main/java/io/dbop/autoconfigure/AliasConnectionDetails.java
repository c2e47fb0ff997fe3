package io.dbop.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.util.StringUtils;

/**
 * Finds the {@link JdbcConnectionDetails} bean of an alias: the one that has the alias as
 * qualifier or name, is called {@code <alias>JdbcConnectionDetails}, or was made for a
 * container bean of that name.
 */
final class AliasConnectionDetails {

	private final ConfigurableListableBeanFactory beanFactory;

	AliasConnectionDetails(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/** Whether there is one, without creating it. */
	boolean defined(String alias) {
		return name(alias) != null;
	}

	@Nullable JdbcConnectionDetails find(String alias) {
		return bean(name(alias));
	}

	/**
	 * Also takes the only one there is, where that names no database: the test container
	 * of an application with one database.
	 */
	@Nullable JdbcConnectionDetails findForPrimary(String alias, List<String> others) {
		JdbcConnectionDetails own = find(alias);
		if (own != null) {
			return own;
		}
		List<String> unclaimed = names().stream()
			.filter((name) -> others.stream().noneMatch((other) -> belongs(name, other)))
			.toList();
		return (unclaimed.size() == 1) ? bean(unclaimed.get(0)) : null;
	}

	private @Nullable String name(String alias) {
		return names().stream().filter((name) -> belongs(name, alias)).findFirst().orElse(null);
	}

	private boolean belongs(String name, String alias) {
		return BeanFactoryAnnotationUtils.isQualifierMatch(alias::equals, name, this.beanFactory)
				|| name.equals(alias + "JdbcConnectionDetails") || name.equals(alias + "ConnectionDetails")
				|| name.endsWith("ConnectionDetailsFor" + StringUtils.capitalize(alias));
	}

	private List<String> names() {
		return List.of(this.beanFactory.getBeanNamesForType(JdbcConnectionDetails.class, true, false));
	}

	private @Nullable JdbcConnectionDetails bean(@Nullable String name) {
		return (name != null) ? this.beanFactory.getBean(name, JdbcConnectionDetails.class) : null;
	}

}
