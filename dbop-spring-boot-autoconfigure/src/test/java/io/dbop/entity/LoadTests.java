package io.dbop.entity;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.dbop.pool.PoolCounts;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** What connections are held for: reads, saves of one entity, and other writes. */
@EachDatabase
class LoadTests {

	private static final Map<String, Object> ITEM = Map.of("name", "x");

	private final EntityFixture fixture;

	private final TransactionTemplate transaction;

	private final String count;

	private final String delete;

	private final PoolCounts before;

	private final long savesBefore;

	LoadTests(DatabaseInstance instance) {
		this.fixture = new EntityFixture(instance);
		this.transaction = new TransactionTemplate(new DataSourceTransactionManager(this.fixture.pool.dataSource()));
		String table = this.fixture.pool.dialect().syntax().quote("items");
		this.count = "select count(*) from " + table;
		this.delete = "delete from " + table;
		this.fixture.entities().save("items", ITEM);
		this.before = counts();
		this.savesBefore = this.fixture.engine.writes().committedAlone();
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void whenAConnectionIsOnlyReadFromThenItsTimeIsThatOfReads() {
		this.fixture.db.sql(this.count).list(Integer.class);
		this.fixture.db.jdbcTemplate().queryForObject(this.count, Integer.class);
		this.transaction.executeWithoutResult((status) -> this.fixture.entities().find("items", EntityQuery.all()));
		PoolCounts counts = since();
		assertThat(counts.released()).isGreaterThanOrEqualTo(3);
		assertThat(counts.readNanos()).isPositive().isEqualTo(counts.heldNanos());
	}

	@Test
	void whenAConnectionIsWrittenToAmongReadsThenItsTimeIsNot() {
		this.transaction.executeWithoutResult((status) -> {
			this.fixture.db.jdbcTemplate().queryForObject(this.count, Integer.class);
			this.fixture.db.sql(this.delete).update();
			this.fixture.db.jdbcTemplate().queryForObject(this.count, Integer.class);
		});
		this.fixture.db.jdbcTemplate().update(this.delete);
		assertThat(since().readNanos()).isZero();
		assertThat(since().heldNanos()).isPositive();
	}

	@Test
	void whenAWriteFailsThenItsTimeIsNotThatOfReads() {
		assertThat(CompletableFuture.runAsync(() -> this.fixture.db.jdbcTemplate().update("delete from nothing"))
			.handle((done, failure) -> failure)
			.join()).isNotNull();
		assertThat(since().readNanos()).isZero();
	}

	@Test
	void whenOneEntityIsSavedAndCommittedByItselfThenItCouldBeCommittedWithOthers() {
		this.fixture.entities().save("items", ITEM);
		this.fixture.entities().save("items", ITEM);
		assertThat(saves()).isEqualTo(2);
		assertThat(since().readNanos()).isZero();
	}

	@Test
	void whenEntitiesAreSavedTogetherThenTheyAreNotCounted() {
		this.transaction.executeWithoutResult((status) -> this.fixture.entities().save("items", ITEM));
		this.fixture.entities().writer("items").save(ITEM).join();
		assertThat(saves()).isZero();
	}

	private PoolCounts counts() {
		return this.fixture.pool.statistics().counts();
	}

	private PoolCounts since() {
		return counts().since(this.before);
	}

	private long saves() {
		return this.fixture.engine.writes().committedAlone() - this.savesBefore;
	}

}
