package io.dbop.fault;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachCluster;
import io.dbop.test.FaultForm;
import io.dbop.test.OwnThreads;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many writes and reads in a second one node of a cluster takes, and how many all of
 * them: the figures of docs/scaling.md. Nothing is asserted of them.
 */
@Tag("fault")
@EachCluster
class NodeFiguresTests {

	private static final Log logger = LogFactory.getLog(NodeFiguresTests.class);

	private static final int THREADS = 12;

	private static final Duration TIME = Duration.ofSeconds(FaultForm.choose(1, 10));

	private final List<DatabaseInstance> nodes;

	private final JdbcClient client;

	NodeFiguresTests(DatabaseInstance database) {
		this.nodes = database.nodes();
		this.client = JdbcClient.create(database.dataSource());
		this.client.sql("create table item (id bigint auto_increment primary key, text varchar(100) not null)")
			.update();
	}

	@Test
	void whenAllNodesWorkThenEachWriteIsThere() {
		long written = 0;
		for (boolean waiting : new boolean[] { true, false }) {
			for (List<DatabaseInstance> some : List.of(this.nodes.subList(0, 1), this.nodes)) {
				long writes = run(some, waiting, "insert into item (text) values ('something of some length')");
				long reads = run(some, waiting, "select text from item where id = 7");
				written += writes;
				logger.info("figures: %d node(s), %s: %d writes/s, %d reads/s".formatted(some.size(),
						waiting ? "waiting for what others did" : "not waiting", writes / TIME.toSeconds(),
						reads / TIME.toSeconds()));
			}
		}
		assertThat(this.client.sql("select count(*) from item").query(Long.class).single()).isEqualTo(written);
	}

	private static long run(List<DatabaseInstance> some, boolean waiting, String sql) {
		long end = System.nanoTime() + TIME.toNanos();
		List<CompletableFuture<Long>> all = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			DatabaseInstance node = some.get(i % some.size());
			all.add(CompletableFuture.supplyAsync(() -> repeat(node, waiting, sql, end), OwnThreads.EACH));
		}
		return all.stream().mapToLong(CompletableFuture::join).sum();
	}

	private static long repeat(DatabaseInstance node, boolean waiting, String sql, long end) {
		String url = waiting ? node.url() : node.url().replaceAll("&sessionVariables=[^&]*", "");
		try (Connection connection = DriverManager.getConnection(url, node.username(), node.password());
				PreparedStatement statement = connection.prepareStatement(sql)) {
			long count = 0;
			while (System.nanoTime() < end) {
				statement.execute();
				count++;
			}
			return count;
		}
		catch (SQLException ex) {
			throw new CompletionException(ex);
		}
	}

}
