package io.dbop.scaling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the rules in their order: first those who find why connections are lacking, then
 * the one that says that there are too few, then what may follow from either.
 */
final class Rules {

	private static final Logger logger = LoggerFactory.getLogger(Rules.class);

	private static final List<AdviceRule> OURS = List.of(new ConnectionLimitRule(), new LeakRule(),
			new NestedAcquisitionRule(), new SlowStatementsRule(), new PoolSizeRule(), new BreakerRule(),
			new RetryStormRule());

	/** Those that were reported as failing, each once. */
	private final Set<AdviceRule> failed = ConcurrentHashMap.newKeySet();

	private final List<AdviceRule> rules = new ArrayList<>(OURS);

	Rules(List<AdviceRule> more) {
		this.rules.addAll(more);
	}

	/** What they find, the most pressing first, or that there is nothing to do. */
	List<Advice> ask(Situation situation) {
		List<Advice> findings = new ArrayList<>();
		for (AdviceRule each : this.rules) {
			try {
				Advice advice = each.advise(situation.with(findings));
				if (advice != null) {
					findings.add(advice);
				}
			}
			catch (RuntimeException ex) {
				if (this.failed.add(each)) {
					logger.warn("Advice rule {} failed; it is passed over, this time and whenever it does",
							each.getClass().getName(), ex);
				}
			}
		}
		if (findings.isEmpty()) {
			return List.of(healthy(situation));
		}
		findings.sort(Comparator.comparing(Advice::level).reversed());
		return findings;
	}

	private static Advice healthy(Situation situation) {
		Capacity capacity = situation.capacity();
		return Wording.of(situation, AdviceLevel.OK, Advice.HEALTHY)
			.capacity(capacity)
			.tell("Database '%s' is well: the load needs about %.1f connections%s.", situation.alias(),
					capacity.connections(),
					(capacity.poolMax() != null) ? " of the %d that the pool may have".formatted(capacity.poolMax())
							: "")
			.act(TimeoutBand.NORMAL.action());
	}

}
