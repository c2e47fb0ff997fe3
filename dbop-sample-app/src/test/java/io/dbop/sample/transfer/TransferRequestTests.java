package io.dbop.sample.transfer;

import java.util.UUID;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TransferRequest}.
 */
class TransferRequestTests {

	private static final Validator validator = Validation.buildDefaultValidatorFactory().getValidator();

	private static final UUID ANN = UUID.randomUUID();

	private static final UUID BOB = UUID.randomUUID();

	@Test
	void whenBetweenTwoAccountsThenValid() {
		assertThat(validator.validate(new TransferRequest(null, ANN, BOB, 1))).isEmpty();
	}

	@Test
	void whenFromAndToAreTheSameThenInvalid() {
		assertThat(validator.validate(new TransferRequest(null, ANN, ANN, 1)))
			.extracting(ConstraintViolation::getMessage)
			.containsExactly("must be true: from and to are the same account");
	}

	@Test
	void whenNothingIsToBeTransferredThenInvalid() {
		assertThat(validator.validate(new TransferRequest(null, ANN, BOB, 0))).hasSize(1);
		assertThat(validator.validate(new TransferRequest(null, ANN, BOB, -1))).hasSize(1);
	}

}
