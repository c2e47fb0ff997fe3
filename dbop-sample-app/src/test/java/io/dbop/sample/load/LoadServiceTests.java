package io.dbop.sample.load;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.sample.account.Account;
import io.dbop.sample.account.Accounts;
import io.dbop.sample.problem.RefusedException;
import io.dbop.sample.transfer.Transfer;
import io.dbop.sample.transfer.TransferService;
import org.junit.jupiter.api.Test;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataIntegrityViolationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link LoadService}.
 */
class LoadServiceTests {

	private final Accounts accounts = mock(Accounts.class);

	private final TransferService transfers = mock(TransferService.class);

	private final LoadService service = new LoadService(this.accounts, this.transfers, new SlowTransactions(),
			Clock.systemUTC());

	@Test
	void whenTransfersEndInAllWaysThenEachIsCountedOnce() throws Exception {
		given(this.accounts.get(any())).willReturn(new Account(UUID.randomUUID(), "load", 7, Instant.EPOCH));
		AtomicInteger calls = new AtomicInteger();
		given(this.transfers.transfer(any())).willAnswer((call) -> switch (calls.getAndIncrement() % 10) {
			case 0 -> throw new RefusedException("rule", "reason") {
			};
			case 1, 2 -> throw new CannotAcquireLockException("deadlock");
			case 3, 4, 5 -> throw new DataIntegrityViolationException("broken");
			default -> call.getArgument(0);
		});

		LoadReport report = this.service.run(new Load(4, 100, 3, Duration.ZERO));

		assertThat(report).isEqualTo(new LoadReport(100, 40, 10, 20, 0, 30, report.millis(), 21, 21));
		assertThat(calls).hasValue(100);
	}

	@Test
	void whenRunThenTransfersGoBetweenDifferentAccountsOfTheLoad() throws Exception {
		given(this.accounts.get(any())).willReturn(new Account(UUID.randomUUID(), "load", 7, Instant.EPOCH));
		Set<UUID> used = ConcurrentHashMap.newKeySet();
		given(this.transfers.transfer(any())).willAnswer((call) -> {
			Transfer transfer = call.getArgument(0);
			assertThat(transfer.from()).isNotEqualTo(transfer.to());
			assertThat(transfer.cents()).isPositive();
			used.add(transfer.from());
			used.add(transfer.to());
			return transfer;
		});

		LoadReport report = this.service.run(new Load(2, 200, 2, Duration.ZERO));

		assertThat(report.acknowledged()).isEqualTo(200);
		assertThat(used).hasSize(2);
	}

}
