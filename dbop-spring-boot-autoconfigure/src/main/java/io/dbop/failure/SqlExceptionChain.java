package io.dbop.failure;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The {@link SQLException}s behind a failure, each once: those in its causes and next
 * exceptions, outermost first, and apart from them those that were suppressed, which are
 * heard only if the former are mere consequences of something else. Chains may be cyclic,
 * and as long as they like: what lies behind the first 10,000 exceptions is not looked
 * at.
 */
public final class SqlExceptionChain {

	private static final int MAX_LENGTH = 10_000;

	private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

	private final List<SQLException> causes = new ArrayList<>();

	private final List<SQLException> suppressed = new ArrayList<>();

	private SqlExceptionChain(Throwable failure) {
		List<Throwable> visited = walk(List.of(failure), this.causes);
		// An application's own exception is not explained by what failed after it.
		while (!this.causes.isEmpty() && !visited.isEmpty()) {
			visited = walk(suppressedBy(visited), this.suppressed);
		}
	}

	/**
	 * Lists the SQL exceptions behind a failure.
	 * @param failure what was thrown
	 * @return every SQL exception once, causes before suppressed ones; empty if causes
	 * and next exceptions have none
	 */
	public static List<SQLException> of(Throwable failure) {
		SqlExceptionChain chain = new SqlExceptionChain(failure);
		List<SQLException> all = new ArrayList<>(chain.causes);
		all.addAll(chain.suppressed);
		return all;
	}

	/**
	 * Classifies a failure by the exception in its chain that tells its cause: the first
	 * known one which is not the consequence of another.
	 * @param failure what was thrown
	 * @param classifier says what a single exception means, {@code null} if it does not
	 * know
	 * @return what the failure means: of kind {@link FailureKind#UNKNOWN} if the
	 * classifier knows none of the exceptions, and {@code null} if there is no SQL
	 * exception, so that it is no failure of a database
	 */
	public static @Nullable Classification classify(Throwable failure,
			Function<SQLException, @Nullable Classification> classifier) {
		SqlExceptionChain chain = new SqlExceptionChain(failure);
		if (chain.causes.isEmpty()) {
			return null;
		}
		Classification spoken = speaking(chain.causes, classifier);
		if (spoken != null && spoken.kind().isConsequence()) {
			Classification hidden = speaking(chain.suppressed, classifier);
			spoken = (hidden != null && !hidden.kind().isConsequence()) ? hidden : spoken;
		}
		return (spoken != null) ? spoken : Classification.never(FailureKind.UNKNOWN);
	}

	private static @Nullable Classification speaking(List<SQLException> exceptions,
			Function<SQLException, @Nullable Classification> classifier) {
		Classification consequence = null;
		for (SQLException exception : exceptions) {
			Classification classification = classifier.apply(exception);
			if (classification != null && !classification.kind().isConsequence()) {
				return classification;
			}
			consequence = (consequence != null) ? consequence : classification;
		}
		return consequence;
	}

	private List<Throwable> walk(List<Throwable> roots, List<SQLException> found) {
		List<Throwable> visited = new ArrayList<>();
		Deque<Throwable> ahead = new ArrayDeque<>(roots);
		while (!ahead.isEmpty() && this.seen.size() < MAX_LENGTH) {
			Throwable next = ahead.pop();
			if (!this.seen.add(next)) {
				continue;
			}
			visited.add(next);
			if (next instanceof SQLException exception) {
				found.add(exception);
				push(exception.getNextException(), ahead);
			}
			push(next.getCause(), ahead);
		}
		return visited;
	}

	private static void push(@Nullable Throwable throwable, Deque<Throwable> ahead) {
		if (throwable != null) {
			ahead.push(throwable);
		}
	}

	private static List<Throwable> suppressedBy(List<Throwable> throwables) {
		List<Throwable> suppressed = new ArrayList<>();
		for (Throwable throwable : throwables) {
			Collections.addAll(suppressed, throwable.getSuppressed());
		}
		return suppressed;
	}

}
