package io.dbop.execution;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import ch.qos.logback.classic.Level;
import io.dbop.execution.CommitVerifier.Verdict;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.Logs;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.CutPoint;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** The connection breaks between a COMMIT and its answer. */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class CommitInDoubtTests {

	private final WireProxy proxy;

	private final EngineFixture fixture;

	private final Items items;

	private final AtomicInteger attempts = new AtomicInteger();

	CommitInDoubtTests(DatabaseInstance database) {
		this.proxy = database.proxy();
		this.fixture = EngineFixture.inRealTime(database.through(this.proxy));
		this.items = new Items(database, this.fixture.jdbc);
	}

	@AfterEach
	void close() {
		this.fixture.close();
		this.proxy.close();
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("T6: an insert without a natural key is not run again, and the doubt is reported")
	void whenNothingIsKnownOfTheCallThenItIsNotRepeated(CutPoint point) {
		this.proxy.cutNextCommit(point);
		assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(() -> insert((spec) -> {
		})).satisfies((ex) -> {
			assertThat(ex.alias()).isEqualTo("main");
			assertThat(ex.operation()).isEqualTo("insert");
			assertThat(ex.getCause()).isNotNull();
		});
		assertThat(this.attempts).hasValue(1);
		assertThat(this.items.notes()).hasSize((point == CutPoint.BEFORE_ANSWER) ? 1 : 0);
		assertThat(this.fixture.statistics("insert").doubtfulCommits()).isOne();
		assertThat(this.fixture.statistics("insert").retries()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("T6: a default does not hide the doubt from the statistics, and nothing is run again")
	void whenThereIsADefaultThenNothingIsRepeated(CutPoint point) throws Throwable {
		this.proxy.cutNextCommit(point);
		assertThat(insert((spec) -> spec.defaultValue("default"))).isEqualTo("default");
		assertThat(this.attempts).hasValue(1);
		assertThat(this.fixture.statistics("insert").doubtfulCommits()).isOne();
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("T6: an idempotent call is repeated, on a new connection")
	void whenIdempotentThenItIsRepeated(CutPoint point) throws Throwable {
		this.proxy.cutNextCommit(point);
		this.fixture.perform((spec) -> spec.named("upsert").idempotent(), () -> {
			this.attempts.incrementAndGet();
			this.fixture.jdbc.update("delete from note");
			this.items.note("once");
		});
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.notes()).containsExactly("once");
		assertThat(this.fixture.statistics("upsert").recoveries()).isOne();
	}

	@Test
	@DisplayName("T6: an idempotent call that does not get through either reports the doubt of its first attempt")
	void whenIdempotentAndTheServerIsGoneThenTheDoubtIsReported() {
		this.proxy.cutNextCommit(CutPoint.BEFORE_ANSWER);
		assertThatExceptionOfType(CommitOutcomeUnknownException.class)
			.isThrownBy(() -> insert((spec) -> spec.idempotent().maxRetries(1).preAttempt((context) -> {
				if (context.attempt() > 1) {
					this.proxy.cut();
				}
			})));
		assertThat(this.items.notes()).hasSize(1);
	}

	@Test
	@DisplayName("T6: a verifier that finds the work ends the call with its result")
	void whenTheVerifierFindsTheWorkThenTheResultIsReturned() throws Throwable {
		this.proxy.cutNextCommit(CutPoint.BEFORE_ANSWER);
		assertThat(insert((spec) -> spec.verifier(this::look))).isEqualTo("inserted");
		assertThat(this.attempts).hasValue(1);
		assertThat(this.items.notes()).hasSize(1);
		assertThat(this.fixture.statistics("insert").verifiedCommits()).isOne();
		assertThat(this.fixture.statistics("insert").successes()).isOne();
	}

	@Test
	@DisplayName("T6: a verifier that does not find the work has it repeated")
	void whenTheVerifierDoesNotFindTheWorkThenItIsRepeated() throws Throwable {
		this.proxy.cutNextCommit(CutPoint.BEFORE_SERVER);
		assertThat(insert((spec) -> spec.verifier(this::look))).isEqualTo("inserted");
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.notes()).hasSize(1);
	}

	@Test
	@DisplayName("T6: a verifier that fails leaves the doubt")
	void whenTheVerifierFailsThenTheDoubtIsReported() {
		this.proxy.cutNextCommit(CutPoint.BEFORE_ANSWER);
		assertThatExceptionOfType(CommitOutcomeUnknownException.class)
			.isThrownBy(() -> insert((spec) -> spec.verifier((context) -> {
				throw new IllegalStateException("no idea");
			})))
			.satisfies((ex) -> assertThat(ex.getCause().getSuppressed())
				.anyMatch((suppressed) -> "no idea".equals(suppressed.getMessage())));
		assertThat(this.attempts).hasValue(1);
	}

	@Test
	@DisplayName("P4: what a driver says to a verifier is not logged")
	void whenTheVerifierFailsByTheDatabaseThenItsWordsAreNotLogged() {
		this.proxy.cutNextCommit(CutPoint.BEFORE_ANSWER);
		try (Logs logs = Logs.of("io.dbop")) {
			assertThatExceptionOfType(CommitOutcomeUnknownException.class)
				.isThrownBy(() -> insert((spec) -> spec.verifier((context) -> {
					throw new UncategorizedSQLException("look", null,
							new SQLException("invalid input: \"geheim\"", "22P02", 7));
				})));
			assertThat(logs.at(Level.WARN)).anySatisfy((event) -> {
				assertThat(event.getFormattedMessage()).contains("could not tell", "SQLSTATE 22P02, code 7");
				assertThat(event.getThrowableProxy()).isNull();
			}).noneMatch((event) -> event.getFormattedMessage().contains("geheim"));
		}
	}

	@Test
	@DisplayName("T6: a verifier has time to look although that of the call is over")
	void whenTheTimeOfTheCallIsOverThenTheVerifierStillLooks() throws Throwable {
		this.proxy.cutNextCommit(CutPoint.BEFORE_ANSWER);
		long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
		assertThat(insert((spec) -> spec.timeout(Duration.ofSeconds(2)).verifier((context) -> {
			await().until(() -> System.nanoTime() - end > 0);
			return look(context);
		}))).isEqualTo("inserted");
		assertThat(this.items.notes()).hasSize(1);
	}

	@Test
	@DisplayName("T6: a doubt inside a call does not become a retry outside it")
	void whenTheDoubtIsOfANestedCallThenTheOuterCallDoesNotRepeatIt() {
		this.proxy.cutNextCommit(CutPoint.BEFORE_ANSWER);
		AtomicInteger outer = new AtomicInteger();
		assertThatExceptionOfType(CommitOutcomeUnknownException.class)
			.isThrownBy(() -> this.fixture.run((spec) -> spec.named("outer").scope(Scope.NONE), () -> {
				outer.incrementAndGet();
				return insert((spec) -> {
				});
			}))
			.satisfies((ex) -> assertThat(ex.operation()).isEqualTo("insert"));
		assertThat(outer).hasValue(1);
		assertThat(this.items.notes()).hasSize(1);
	}

	@Test
	@DisplayName("T6: a doubt that was resolved does not count against the call around it")
	void whenTheNestedDoubtWasResolvedThenALaterFailureOutsideIsJustAFailure() {
		this.proxy.cutNextCommit(CutPoint.BEFORE_ANSWER);
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> this.fixture.run((spec) -> spec.named("outer").scope(Scope.NONE), () -> {
				insert((spec) -> spec.verifier(this::look));
				throw new IllegalStateException("business");
			}));
		assertThat(this.fixture.statistics("outer").doubtfulCommits()).isZero();
	}

	@Test
	@DisplayName("T6: nor what it writes in a transaction around the call")
	void whenTheVerifierWritesInATransactionAroundThenTheWorkIsRepeatedAllTheSame() throws Throwable {
		DatabaseInstance other = TestDatabase.H2.freshDatabase();
		try (other; EngineFixture around = EngineFixture.inRealTime(other)) {
			Items log = new Items(other, around.jdbc);
			this.proxy.cutNextCommit(CutPoint.BEFORE_SERVER);
			around.inOuter(() -> insert((spec) -> spec.verifier((context) -> {
				log.note("looked");
				return this.items.notes().isEmpty() ? Verdict.NOT_COMMITTED : Verdict.COMMITTED;
			})));
			assertThat(log.notes()).containsExactly("looked");
		}
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.notes()).hasSize(1);
	}

	@Test
	@DisplayName("T6: what a verifier writes itself does not count as work of the call")
	void whenTheVerifierWritesThenTheWorkIsRepeatedAllTheSame() throws Throwable {
		this.items.with(1);
		this.proxy.cutNextCommit(CutPoint.BEFORE_SERVER);
		assertThat(insert((spec) -> spec.verifier((context) -> {
			new JdbcTemplate(context.dataSource()).update("update item set amount = amount + 1 where id = 1");
			return look(context);
		}))).isEqualTo("inserted");
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.notes()).hasSize(1);
	}

	private Verdict look(AttemptContext context) {
		assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isFalse();
		int found = new JdbcTemplate(context.dataSource()).queryForObject("select count(*) from note", Integer.class);
		return (found > 0) ? Verdict.COMMITTED : Verdict.NOT_COMMITTED;
	}

	private String insert(Consumer<ExecutionSpec<String>> settings) throws Throwable {
		return this.fixture.run((spec) -> settings.accept(spec.named("insert")), () -> {
			this.attempts.incrementAndGet();
			this.items.note("once");
			return "inserted";
		});
	}

}
