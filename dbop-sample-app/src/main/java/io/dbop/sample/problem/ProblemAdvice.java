package io.dbop.sample.problem;

import java.net.URI;

import io.dbop.entity.EntityTypeException;
import io.dbop.entity.InvalidEntityException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers failures with problem details (RFC 9457).
 */
@RestControllerAdvice
class ProblemAdvice {

	private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

	@ExceptionHandler
	ProblemDetail notFound(NotFoundException ex) {
		return problem(HttpStatus.NOT_FOUND, "not-found", ex.getMessage());
	}

	@ExceptionHandler
	ProblemDetail conflict(ConflictException ex) {
		return problem(HttpStatus.CONFLICT, "conflict", ex.getMessage());
	}

	@ExceptionHandler
	ProblemDetail duplicate(DuplicateKeyException ex) {
		return problem(HttpStatus.CONFLICT, "conflict", "There is one with this identifier already");
	}

	@ExceptionHandler
	ProblemDetail refused(RefusedException ex) {
		return problem(HttpStatus.UNPROCESSABLE_CONTENT, ex.rule(), ex.getMessage());
	}

	/**
	 * A name that no field can have, or a value that does not fit among those there are.
	 * @param ex says which field, and never the value
	 * @return the answer
	 */
	@ExceptionHandler({ InvalidEntityException.class, EntityTypeException.class })
	ProblemDetail unusable(DataAccessException ex) {
		return problem(HttpStatus.UNPROCESSABLE_CONTENT, "unusable-field", ex.getMessage());
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> inDoubt(InDoubtException ex) {
		return ResponseEntity.internalServerError()
			.location(ex.lookAt())
			.body(problem(HttpStatus.INTERNAL_SERVER_ERROR, "outcome-unknown",
					"Done or not, look at %s. Doing it again with the same id does it once".formatted(ex.lookAt())));
	}

	/**
	 * What dbop could not cure. Its exceptions are Spring's, so those who know Spring's
	 * know what to catch.
	 * @param ex the failure, of the database or of its transactions
	 * @return the answer
	 */
	@ExceptionHandler({ DataAccessException.class, TransactionException.class })
	ResponseEntity<ProblemDetail> database(RuntimeException ex) {
		return switch (Outcome.of(ex)) {
			case UNAVAILABLE -> unavailable();
			case DOUBTFUL -> doubtful();
			default -> failed(ex);
		};
	}

	private static ResponseEntity<ProblemDetail> unavailable() {
		return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
			.header(HttpHeaders.RETRY_AFTER, "1")
			.body(problem(HttpStatus.SERVICE_UNAVAILABLE, "unavailable",
					"The database is not available at present. Nothing was done, try again later"));
	}

	private static ResponseEntity<ProblemDetail> doubtful() {
		return ResponseEntity.internalServerError()
			.body(problem(HttpStatus.INTERNAL_SERVER_ERROR, "outcome-unknown",
					"It was done or not. Look before you do it again"));
	}

	private static ResponseEntity<ProblemDetail> failed(RuntimeException ex) {
		log.error("A request failed at the database", ex);
		return ResponseEntity.internalServerError()
			.body(problem(HttpStatus.INTERNAL_SERVER_ERROR, "failed", "The request failed. Nothing was done"));
	}

	private static ProblemDetail problem(HttpStatus status, String type, String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setType(URI.create("/problems/" + type));
		return problem;
	}

}
