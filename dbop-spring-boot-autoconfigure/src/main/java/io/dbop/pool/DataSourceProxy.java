package io.dbop.pool;

import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.Advisor;
import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopConfigException;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.core.NativeDetector;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.util.ClassUtils;

/**
 * Puts a proxy before a data source that hands out recorded connections and is otherwise
 * the data source itself, by class too wherever the class is not final.
 */
final class DataSourceProxy {

	private static final Logger logger = LoggerFactory.getLogger(DataSourceProxy.class);

	private DataSourceProxy() {
	}

	static DataSource create(DataSource target, ConnectionPool pool) {
		ClassLoader loader = loader(target.getClass());
		ProxyFactory factory = new ProxyFactory();
		factory.setTarget(target);
		factory.setInterfaces(ClassUtils.getAllInterfacesForClass(target.getClass(), loader));
		factory.addAdvisor(new DefaultPointcutAdvisor(ConnectionMethods.INSTANCE, new RecordingInterceptor(pool)));
		factory.setFrozen(true);
		if (extensible(target.getClass())) {
			try {
				factory.setProxyTargetClass(true);
				return (DataSource) factory.getProxy(loader);
			}
			catch (AopConfigException ex) {
				factory.setProxyTargetClass(false);
				logger.debug("No class can be derived from {}: its interfaces are used", target.getClass().getName(),
						ex);
			}
		}
		return (DataSource) factory.getProxy(loader);
	}

	/**
	 * That of the class, unless Spring is out of its sight: a server may have the class
	 * of a pool, and the application Spring.
	 */
	private static ClassLoader loader(Class<?> type) {
		ClassLoader own = type.getClassLoader();
		return (own != null && ClassUtils.isVisible(SpringProxy.class, own)) ? own
				: DataSourceProxy.class.getClassLoader();
	}

	/** Not in a native image, where no class can be made that was not there before. */
	private static boolean extensible(Class<?> type) {
		return !Modifier.isFinal(type.getModifiers()) && !Proxy.isProxyClass(type) && !NativeDetector.inNativeImage();
	}

	/** What the proxy of a HikariCP pool implements where it is none by class. */
	static Class<?>[] interfacesForHikari() {
		return AopProxyUtils.completeJdkProxyInterfaces(ClassUtils.getAllInterfacesForClass(HikariDataSource.class));
	}

	static @Nullable ConnectionPool poolOf(DataSource dataSource) {
		DataSource current = dataSource;
		while (current != null) {
			ConnectionPool pool = recordedFor(current);
			if (pool != null) {
				return pool;
			}
			current = inner(current);
		}
		return null;
	}

	static DataSource unwrapped(DataSource dataSource) {
		DataSource current = dataSource;
		while (true) {
			DataSource inner = inner(current);
			if (inner == null) {
				return current;
			}
			current = inner;
		}
	}

	private static @Nullable ConnectionPool recordedFor(DataSource dataSource) {
		if (dataSource instanceof RecordingDataSource own) {
			return own.connectionPool();
		}
		if (dataSource instanceof Advised advised) {
			for (Advisor advisor : advised.getAdvisors()) {
				if (advisor.getAdvice() instanceof RecordingInterceptor recording) {
					return recording.pool();
				}
			}
		}
		return null;
	}

	private static @Nullable DataSource inner(DataSource dataSource) {
		if (dataSource instanceof Advised) {
			return (AopProxyUtils.getSingletonTarget(dataSource) instanceof DataSource target) ? target : null;
		}
		return (dataSource instanceof DelegatingDataSource wrapper) ? wrapper.getTargetDataSource() : null;
	}

}
