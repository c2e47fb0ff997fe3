package io.dbop.autoconfigure;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Names of beans and the aliases of databases that they stand for: {@code dataSource} is
 * {@code default}, {@code ordersDataSource} is {@code orders}, any other bean has its own
 * name.
 */
final class AliasNames {

	/** The alias of a bean named {@code dataSource}. */
	static final String DEFAULT = "default";

	/** The name that Boot gives to its own DataSource. */
	static final String DATA_SOURCE = "dataSource";

	private static final String SUFFIX = "DataSource";

	private static final String SCOPED_TARGET = "scopedTarget.";

	private AliasNames() {
	}

	/**
	 * The alias of each bean. Where two would have the same one, only the bean of the
	 * exact name gets it, and the others go by their own names.
	 */
	static Map<String, String> byBean(Collection<String> dataSourceBeans) {
		Map<String, String> aliases = new LinkedHashMap<>();
		for (String bean : dataSourceBeans) {
			String alias = shortened(bean);
			boolean taken = !alias.equals(bean) && (dataSourceBeans.contains(alias) || aliases.containsValue(alias));
			aliases.put(bean, taken ? bean : alias);
		}
		return aliases;
	}

	/** Whether it is the target of a scoped proxy, which has the name that users know. */
	static boolean scopedTarget(String bean) {
		return bean.startsWith(SCOPED_TARGET);
	}

	/** The name of the DataSource bean that dbop defines for an alias. */
	static String dataSource(String alias) {
		return alias + SUFFIX;
	}

	private static String shortened(String bean) {
		if (bean.equals(DATA_SOURCE)) {
			return DEFAULT;
		}
		return (bean.endsWith(SUFFIX) && bean.length() > SUFFIX.length())
				? bean.substring(0, bean.length() - SUFFIX.length()) : bean;
	}

}
