package io.dbop.benchmark.advice;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.dbop.benchmark.Aim;
import io.dbop.benchmark.Form;
import io.dbop.benchmark.JmhRun;
import io.dbop.benchmark.Report;
import io.dbop.benchmark.Study;

/**
 * The annotations around a method that does nothing. Ratios are of costs: less is better.
 */
public final class AdviceStudy implements Study {

	private static final String OURS = "dbop";

	private static final String BESIDE = "dbopBesideTransactional";

	@Override
	public void run(Form form, Report report) throws Exception {
		Map<String, Aim> peers = new LinkedHashMap<>();
		peers.put("transactional", Aim.atMost(0.95));
		peers.put("resilience4j", Aim.atMost(0.17));
		if (form == Form.FULL) {
			peers.put("springRetryable", Aim.atMost(1));
			peers.put("springRetry", Aim.atMost(1));
			peers.put("failsafe", Aim.atMost(1));
		}
		List<String> methods = new ArrayList<>(peers.keySet());
		methods.add(OURS);
		if (form == Form.FULL) {
			methods.add(BESIDE);
		}
		JmhRun run = new JmhRun(AdviceBenchmark.class, String.join("|", methods), form);
		report.time("annotated method, " + OURS + ", ns", run.nanos(OURS));
		report.count("annotated method, " + OURS + ", bytes", run.bytes(OURS), Aim.atMost(500));
		if (form == Form.FULL) {
			report.time("annotated method, dbop beside @Transactional, ns", run.nanos(BESIDE));
			report.time("annotated method, dbop beside @Transactional, bytes", run.bytes(BESIDE));
		}
		peers.forEach((peer, aim) -> {
			report.time("annotated method, " + peer + ", ns", run.nanos(peer));
			report.time("annotated method, " + peer + ", bytes", run.bytes(peer));
			report.ratio("annotated method, time of " + peer, run.nanos(OURS) / run.nanos(peer), aim);
			// Told only: what is inlined, and so need not be allocated, differs by an
			// eighth.
			report.time("annotated method, bytes of " + peer, run.bytes(OURS) / run.bytes(peer), aim);
		});
	}

}
