package io.dbop.benchmark.entity;

import java.util.List;
import java.util.PrimitiveIterator;
import java.util.Random;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.benchmark.Aim;
import io.dbop.benchmark.Contender;
import io.dbop.benchmark.Contest;
import io.dbop.benchmark.Form;
import io.dbop.benchmark.Report;
import io.dbop.benchmark.Report.Peer;
import io.dbop.benchmark.Standings;
import io.dbop.benchmark.Study;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Items are read by their ids, into the same class and from the same table.
 */
public final class GetStudy implements Study {

	private static final String OURS = "dbop";

	private static final String CLIENT = "JdbcClient";

	private static final String SELECT = "SELECT id, name, status, quantity, price, active, due, version FROM items WHERE id = ? AND deleted_at IS NULL";

	private static final int ITEMS = 1000;

	@Override
	public void run(Form form, Report report) throws Exception {
		try (DatabaseInstance database = TestDatabase.POSTGRESQL.freshDatabase();
				DbopApplication application = new DbopApplication(database);
				HikariDataSource pool = Pools.open(database, true)) {
			Items items = application.items();
			for (int i = 0; i < ITEMS; i++) {
				items.save(Item.of("item-" + i, i));
			}
			PrimitiveIterator.OfInt ids = new Random(1).ints(0, ITEMS).iterator();
			JdbcClient client = JdbcClient.create(pool);
			Standings standings = new Contest(
					List.of(new Contender(OURS, () -> items.get("item-" + ids.nextInt()).orElseThrow()),
							new Contender(CLIENT,
									() -> client.sql(SELECT)
										.param("item-" + ids.nextInt())
										.query(Item.class)
										.optional()
										.orElseThrow())))
				.run();
			report.contest("get by id", standings, OURS, new Peer(CLIENT, Aim.atLeast(0.95)));
		}
	}

}
