package io.dbop.benchmark.sql;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.dbop.dialect.Dialect;
import io.dbop.dialect.Dialects;
import io.dbop.sql.SqlStatement;
import io.dbop.sql.SqlTranslator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to translate a statement that is known, and one that is new each time;
 * and to tell whether it reads only.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class TranslationBenchmark {

	private static final String CONDITION = "AND [u].[tags][1] = 'it''s ? %05d' AND [u].\"name\" <> :name ";

	/** The characters of the statement. */
	@Param({ "200", "10000" })
	private int length;

	private final Dialect dialect = Objects.requireNonNull(new Dialects(List.of()).findByName("postgresql"));

	private final SqlTranslator translator = new SqlTranslator("main", this.dialect::syntax);

	private String sql = "";

	private String translated = "";

	private long count;

	/** Writes the statement. */
	@Setup
	public void write() {
		StringBuilder text = new StringBuilder(
				"SELECT [u].[id], /* all */ [u].[name] FROM [users] AS [u] WHERE 1 = 1 ");
		for (int i = 0; text.length() < this.length; i++) {
			text.append(CONDITION.formatted(i));
		}
		this.sql = text.substring(0, text.lastIndexOf("AND [u].\"name\""));
		this.translated = this.translator.translate(this.sql).text();
	}

	/**
	 * A statement that is known.
	 * @return the translation
	 */
	@Benchmark
	public SqlStatement cached() {
		return this.translator.translate(this.sql);
	}

	/**
	 * A statement that is new, its text included.
	 * @return the translation
	 */
	@Benchmark
	public SqlStatement uncached() {
		return this.translator.translate(this.sql + this.count++);
	}

	/**
	 * The question that is asked of every statement, prepared by dbop or not.
	 * @return whether it reads only
	 */
	@Benchmark
	public boolean readsOnly() {
		return this.dialect.readsOnly(this.translated);
	}

}
