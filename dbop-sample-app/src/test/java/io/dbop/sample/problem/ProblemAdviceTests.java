package io.dbop.sample.problem;

import java.net.URI;

import io.dbop.execution.CommitOutcomeUnknownException;
import org.junit.jupiter.api.Test;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ProblemAdvice}.
 */
class ProblemAdviceTests {

	@Test
	void whenNoConnectionIsHadThenTheClientMayTryAgain() {
		assertUnavailable(new CannotGetJdbcConnectionException("no connection"));
	}

	@Test
	void whenNoTransactionCanBeBegunThenTheClientMayTryAgain() {
		assertUnavailable(new CannotCreateTransactionException("no connection"));
	}

	@Test
	void whenRetriesAreExhaustedThenTheClientMayTryAgain() {
		assertUnavailable(new CannotAcquireLockException("deadlock"));
	}

	@Test
	void whenTheStatementIsWrongThenItIsAnErrorWithoutDetails() {
		MvcTestResult result = answerTo(new DataIntegrityViolationException("secret value"));
		assertThat(result).hasStatus(HttpStatus.INTERNAL_SERVER_ERROR).doesNotContainHeader(HttpHeaders.RETRY_AFTER);
		assertThat(result).bodyText().doesNotContain("secret");
	}

	@Test
	void whenTheOutcomeIsUnknownThenTheClientIsToldWhereToLook() {
		CommitOutcomeUnknownException unknown = mock(CommitOutcomeUnknownException.class);
		MvcTestResult result = answerTo(new InDoubtException(URI.create("/transfers/7"), unknown));
		assertThat(result).hasStatus(HttpStatus.INTERNAL_SERVER_ERROR)
			.hasHeader(HttpHeaders.LOCATION, "/transfers/7")
			.bodyJson()
			.extractingPath("$.type")
			.isEqualTo("/problems/outcome-unknown");
	}

	@Test
	void whenTheOutcomeIsUnknownThenItIsNotCalledAFailure() {
		assertThat(answerTo(mock(CommitOutcomeUnknownException.class))).hasStatus(HttpStatus.INTERNAL_SERVER_ERROR)
			.bodyJson()
			.extractingPath("$.type")
			.isEqualTo("/problems/outcome-unknown");
	}

	@Test
	void whenTheKeyIsTakenThenItIsAConflict() {
		assertThat(answerTo(new DuplicateKeyException("secret value"))).hasStatus(HttpStatus.CONFLICT);
	}

	@Test
	void whenARuleForbidsItThenTheRuleIsNamed() {
		MvcTestResult result = answerTo(new RefusedException("some-rule", "some reason") {
		});
		assertThat(result).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyJson()
			.isLenientlyEqualTo("""
					{ "status": 422, "type": "/problems/some-rule", "detail": "some reason" }""");
	}

	@Test
	void whenItIsNotThereThenItIsNotFound() {
		assertThat(answerTo(new NotFoundException("thing", 1))).hasStatus(HttpStatus.NOT_FOUND)
			.bodyJson()
			.extractingPath("$.detail")
			.isEqualTo("There is no thing 1");
	}

	private static void assertUnavailable(RuntimeException failure) {
		assertThat(answerTo(failure)).hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.hasHeader(HttpHeaders.RETRY_AFTER, "1")
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyJson()
			.extractingPath("$.type")
			.isEqualTo("/problems/unavailable");
	}

	private static MvcTestResult answerTo(RuntimeException failure) {
		return MockMvcTester
			.create(MockMvcBuilders.standaloneSetup(new FailingController(failure))
				.setControllerAdvice(new ProblemAdvice())
				.build())
			.get()
			.uri("/")
			.exchange();
	}

	@RestController
	static class FailingController {

		private final RuntimeException failure;

		FailingController(RuntimeException failure) {
			this.failure = failure;
		}

		@GetMapping("/")
		void fail() {
			throw this.failure;
		}

	}

}
