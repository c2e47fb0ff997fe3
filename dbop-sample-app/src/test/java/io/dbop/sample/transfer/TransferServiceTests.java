package io.dbop.sample.transfer;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import io.dbop.database.Database;
import io.dbop.execution.CommitOutcomeUnknownException;
import io.dbop.execution.DatabaseCall;
import io.dbop.sample.account.Accounts;
import io.dbop.sample.problem.ConflictException;
import io.dbop.sample.problem.InDoubtException;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DuplicateKeyException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link TransferService}: what it makes of that which dbop could not resolve.
 */
class TransferServiceTests {

	private static final Transfer TRANSFER = new Transfer(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), 10,
			Instant.EPOCH);

	private final Database main = mock(Database.class);

	private final Transfers transfers = mock(Transfers.class);

	private final TransferService service = new TransferService(this.main, mock(Accounts.class), this.transfers);

	@Test
	void whenTheOutcomeStaysUnknownThenTheTransferIsInDoubt() {
		executeThrows(mock(CommitOutcomeUnknownException.class));
		assertThatExceptionOfType(InDoubtException.class).isThrownBy(() -> this.service.transfer(TRANSFER))
			.withMessageContaining("/transfers/" + TRANSFER.id());
	}

	@Test
	void whenTheSameTransferWasFasterThenThatIsTheAnswer() {
		Transfer faster = new Transfer(TRANSFER.id(), TRANSFER.from(), TRANSFER.to(), 10, Instant.ofEpochMilli(7));
		executeThrows(new DuplicateKeyException("duplicate"));
		given(this.transfers.find(TRANSFER.id())).willReturn(Optional.of(faster));
		assertThat(this.service.transfer(TRANSFER)).isEqualTo(faster);
	}

	@Test
	void whenAnotherTransferWasFasterThenItIsAConflict() {
		Transfer other = new Transfer(TRANSFER.id(), TRANSFER.from(), TRANSFER.to(), 11, Instant.EPOCH);
		executeThrows(new DuplicateKeyException("duplicate"));
		given(this.transfers.find(TRANSFER.id())).willReturn(Optional.of(other));
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> this.service.transfer(TRANSFER));
	}

	private void executeThrows(RuntimeException failure) {
		given(this.main.execute(any(), any(DatabaseCall.class))).willThrow(failure);
	}

}
