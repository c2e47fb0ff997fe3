package io.dbop.benchmark;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Supplier;

import io.dbop.benchmark.advice.AdviceStudy;
import io.dbop.benchmark.entity.GetStudy;
import io.dbop.benchmark.entity.HistoryStudy;
import io.dbop.benchmark.entity.SaveAllStudy;
import io.dbop.benchmark.entity.SaveStudy;
import io.dbop.benchmark.entity.WriterStudy;
import io.dbop.benchmark.lever.LeverStudy;
import io.dbop.benchmark.pool.PoolStudy;
import io.dbop.benchmark.sql.TranslationStudy;
import io.dbop.benchmark.start.MemoryStudy;
import io.dbop.benchmark.start.StartStudy;
import io.dbop.benchmark.statement.SelectStudy;
import io.dbop.benchmark.statement.StatementStudy;
import io.dbop.test.TestDatabase;

/**
 * All studies, by the name that they are asked for with.
 */
enum Studies {

	ADVICE(AdviceStudy::new),

	LEVERS(LeverStudy::new),

	TRANSLATION(TranslationStudy::new),

	SELECT_POSTGRESQL(() -> new SelectStudy(TestDatabase.POSTGRESQL)),

	SELECT_H2(() -> new SelectStudy(TestDatabase.H2)),

	SELECT_SQLITE(() -> new SelectStudy(TestDatabase.SQLITE)),

	SELECT_MARIADB(() -> new SelectStudy(TestDatabase.MARIADB)),

	STATEMENT(StatementStudy::new),

	SAVE(SaveStudy::new),

	SAVE_FAR(() -> SaveStudy.far(Duration.ofNanos(500_000))),

	SAVE_DURABLE(SaveStudy::durable),

	SAVE_ALL_POSTGRESQL(() -> new SaveAllStudy(TestDatabase.POSTGRESQL)),

	SAVE_ALL_MARIADB(() -> new SaveAllStudy(TestDatabase.MARIADB)),

	SAVE_ALL_SQLITE(() -> new SaveAllStudy(TestDatabase.SQLITE)),

	WRITER(WriterStudy::new),

	GET(GetStudy::new),

	HISTORY(HistoryStudy::new),

	POOL(PoolStudy::new),

	START(StartStudy::new),

	MEMORY(MemoryStudy::new);

	private final Supplier<Study> study;

	Studies(Supplier<Study> study) {
		this.study = study;
	}

	/**
	 * The studies of a form, if none is named. What does not change with the code of dbop
	 * is left out of the short one, and what can be seen in others as well.
	 */
	static List<Studies> of(Form form) {
		return form.choose(
				List.copyOf(EnumSet.complementOf(EnumSet.of(LEVERS, SELECT_MARIADB, SAVE_FAR, SAVE_DURABLE, WRITER))),
				List.of(values()));
	}

	Study create() {
		return this.study.get();
	}

}
