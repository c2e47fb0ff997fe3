package io.dbop.scaling;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What comes next where more application servers do not help, by what the load is. */
class NextStepTests {

	private final Rules rules = new Rules(List.of());

	@Test
	void whenReadsHoldTheConnectionsThenReplicasAreNamedWithTheirShare() {
		Advice advice = advice(Situations.crowded(0.7, 0, 10));
		assertThat(advice.action()).contains("Reads hold the connections for 70 % of the time, 14.0 of the 20.0",
				"dbop.databases.main.replicas");
		assertThat(advice.figures()).containsEntry("readShare", 0.7).containsEntry("nextSteps", List.of("REPLICAS"));
	}

	@Test
	void whenAReplicaIsCrowdedThenAnotherOneIsNext() {
		Advice advice = advice(Situations.crowdedReplica());
		assertThat(advice.action()).contains("Another replica").doesNotContain("main-replica-1.replicas");
	}

	@Test
	void whenThereCanBeNoReplicasThenNoneAreNamed() {
		assertThat(advice(Situations.crowdedAlone()).action()).doesNotContain("replica");
	}

	@Test
	void whenMostCallersSaveOneEntityThenAWriterIsNamedWithTheirNumber() {
		Advice advice = advice(Situations.crowded(0.1, 0.8, 10));
		assertThat(advice.action()).contains("80 % of the callers save a single entity (160.0 a second)",
				"entities.writer");
		assertThat(advice.figures()).containsEntry("nextSteps", List.of("GROUP_WRITES"));
	}

	@Test
	void whenTheLoadIsMixedAndThereAreConnectionsThenMoreServersAreEnough() {
		Advice advice = advice(Situations.crowded(0.4, 0.4, 10));
		assertThat(advice.action()).doesNotContain("replicas", "writer", "cluster");
		assertThat(advice.figures()).containsEntry("nextSteps", List.of());
	}

	@Test
	void whenTheLimitOfTheDatabaseIsNearThenAClusterAndShardsAreNamedAfterWhatCostsLess() {
		Advice advice = advice(Situations.crowded(0.6, 0.6, 95));
		assertThat(advice.figures()).containsEntry("nextSteps",
				List.of("GROUP_WRITES", "REPLICAS", "CLUSTER_OR_SHARDS"));
		assertThat(advice.action()).contains("a cluster", "shards").doesNotContain("null", "add application servers");
	}

	@Test
	void whenCallersOnlyWaitThenThatIsToldAndSomethingIsToBeDone() {
		Advice advice = advice(Situations.waiting(Duration.ofMillis(1500)));
		assertThat(advice.sentence()).contains("callers wait 1500 ms", "of the 2000 ms").doesNotContain("0.0 %");
		assertThat(advice.action()).doesNotContain("No action needed").contains("less long");
	}

	@Test
	void whenTheDatabaseHasNoConnectionToSpareThenThatIsTheLimit() {
		Advice advice = this.rules.ask(Situations.refused(0.6)).get(0);
		assertThat(advice.cause()).isEqualTo(Advice.DATABASE_CONNECTION_LIMIT);
		assertThat(advice.action()).contains("Reads hold", "a cluster");
		assertThat(advice.figures()).containsEntry("nextSteps", List.of("REPLICAS", "CLUSTER_OR_SHARDS"));
	}

	private Advice advice(Situation situation) {
		List<Advice> found = this.rules.ask(situation);
		assertThat(found).extracting(Advice::cause).containsExactly(Advice.POOL_TOO_SMALL);
		return found.get(0);
	}

}
