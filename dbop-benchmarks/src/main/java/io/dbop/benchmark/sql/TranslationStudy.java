package io.dbop.benchmark.sql;

import io.dbop.benchmark.Aim;
import io.dbop.benchmark.Form;
import io.dbop.benchmark.JmhRun;
import io.dbop.benchmark.Report;
import io.dbop.benchmark.Study;

/**
 * The translation of a statement that is known.
 */
public final class TranslationStudy implements Study {

	private static final String METHOD = "cached";

	@Override
	public void run(Form form, Report report) throws Exception {
		JmhRun run = new JmhRun(TranslationBenchmark.class, METHOD, form, "length", "200");
		report.time("translation of a known statement, ns", run.nanos(METHOD));
		report.count("translation of a known statement, bytes", Math.round(run.bytes(METHOD)), Aim.atMost(0));
	}

}
