package io.dbop.database;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.test.Applications;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Operations by hand, written as users write them. */
class ExecuteTests {

	@Test
	void whenWrittenAsALambdaThenTheCompilerTellsCallsFromActions() {
		Applications.jdbc().withPropertyValues(Applications.inMemory("main")).run((context) -> {
			Database database = context.getBean(Database.class);
			JdbcClient client = database.jdbcClient();
			AtomicInteger done = new AtomicInteger();
			int one = database.execute((spec) -> spec.named("one").idempotent(),
					() -> client.sql("select 1").query(Integer.class).single());
			assertThat(one).isOne();
			database.execute((spec) -> spec.named("ignored"), () -> client.sql("select 1").query().listOfRows());
			database.execute((spec) -> spec.named("action"), () -> done.set(2));
			database.execute((spec) -> spec.named("block"), () -> {
				done.incrementAndGet();
			});
			assertThat(done).hasValue(3);
			int fallback = database.execute((spec) -> spec.named("fallback").fallback((failure) -> 7),
					ExecuteTests::fail);
			assertThat(fallback).isEqualTo(7);
			assertThatExceptionOfType(IOException.class)
				.isThrownBy(() -> database.execute((spec) -> spec.named("checked"), ExecuteTests::fail));
		});
	}

	private static int fail() throws IOException {
		throw new IOException("no");
	}

}
