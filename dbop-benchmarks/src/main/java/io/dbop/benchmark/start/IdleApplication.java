package io.dbop.benchmark.start;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * An application that has used its database once and has nothing to do any more. It says
 * what it has in memory, and is over.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
class IdleApplication {

	/** What is done in the background has then been done once. */
	private static final Duration IDLE = Duration.ofSeconds(6);

	private static final int COLLECTIONS = 10;

	public static void main(String[] arguments) throws InterruptedException, SQLException {
		ApplicationContext context = SpringApplication.run(IdleApplication.class, arguments);
		context.getBean(JdbcTemplate.class).execute("select 1");
		awaitPool(context.getBean(DataSource.class).unwrap(HikariDataSource.class));
		Thread.sleep(IDLE.toMillis());
		System.out.println(new Footprint(liveBytes(), metaspaceBytes(),
				ManagementFactory.getClassLoadingMXBean().getLoadedClassCount())
			.line());
		Runtime.getRuntime().halt(0);
	}

	/** Connections are opened one after the other, each with its buffers. */
	private static void awaitPool(HikariDataSource pool) throws InterruptedException {
		while (pool.getHikariPoolMXBean().getIdleConnections() < pool.getMinimumIdle()) {
			Thread.sleep(10);
		}
	}

	/** What one collection finds, another may clear away. */
	private static long liveBytes() throws InterruptedException {
		long least = Long.MAX_VALUE;
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
			Thread.sleep(50);
			least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
		}
		return least;
	}

	private static long metaspaceBytes() {
		return ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((each) -> each.getName().equals("Metaspace"))
			.map(MemoryPoolMXBean::getUsage)
			.mapToLong((each) -> each.getUsed())
			.sum();
	}

}
