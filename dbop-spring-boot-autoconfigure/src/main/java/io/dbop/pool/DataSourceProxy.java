package io.dbop.pool;

import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
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

	private DataSourceProxy() {
	}

	static DataSource create(DataSource target, ConnectionPool pool) {
		ProxyFactory factory = new ProxyFactory(target);
		factory.setProxyTargetClass(extensible(target.getClass()));
		factory.addAdvisor(new DefaultPointcutAdvisor(new ConnectionMethods(), new RecordingInterceptor(pool)));
		factory.setFrozen(true);
		return (DataSource) factory.getProxy(target.getClass().getClassLoader());
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
			RecordingInterceptor recording = recordingOf(current);
			if (recording != null) {
				return recording.pool();
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

	private static @Nullable RecordingInterceptor recordingOf(DataSource dataSource) {
		if (dataSource instanceof Advised advised) {
			for (Advisor advisor : advised.getAdvisors()) {
				if (advisor.getAdvice() instanceof RecordingInterceptor recording) {
					return recording;
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
