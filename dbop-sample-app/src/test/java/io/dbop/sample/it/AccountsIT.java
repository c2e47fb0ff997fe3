package io.dbop.sample.it;

import java.util.Map;
import java.util.UUID;

import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Accounts and transfers over HTTP.
 */
@EachDatabase(except = TestDatabase.H2)
class AccountsIT {

	private final SampleClient sample;

	AccountsIT(TestDatabase database) {
		this.sample = SampleOnDatabase.of(database).client();
	}

	@Test
	void whenAnAccountIsOpenedThenItCanBeReadAndIsListed() {
		Answer opened = this.sample.post("/accounts", Map.of("owner", "Zoë 🦊", "balanceCents", 4200));
		assertThat(opened.status()).isEqualTo(201);
		Answer read = this.sample.get(opened.header("Location"));
		assertThat(read.status()).isEqualTo(200);
		assertThat(read.body()).isEqualTo(opened.body());
		assertThat(read.text("owner")).isEqualTo("Zoë 🦊");
		assertThat(this.sample.get("/accounts?limit=1000").body()).contains(opened.body());
	}

	@Test
	void whenTransferredThenMoneyMovesAndTheTransferCanBeRead() {
		String ann = this.sample.account(1000);
		String bob = this.sample.account(0);
		Answer transfer = this.sample.transfer(ann, bob, 300);
		assertThat(transfer.status()).isEqualTo(201);
		assertThat(this.sample.balance(ann)).isEqualTo(700);
		assertThat(this.sample.balance(bob)).isEqualTo(300);
		assertThat(this.sample.get(transfer.header("Location")).body()).isEqualTo(transfer.body());
	}

	@Test
	void whenFundsAreLackingThenItIsRefusedAndNothingMoves() {
		String ann = this.sample.account(100);
		String bob = this.sample.account(0);
		Answer refused = this.sample.transfer(ann, bob, 101);
		assertThat(refused.status()).isEqualTo(422);
		assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(refused.text("type")).isEqualTo("/problems/insufficient-funds");
		assertThat(this.sample.balance(ann)).isEqualTo(100);
		assertThat(this.sample.balance(bob)).isZero();
	}

	@Test
	void whenThePayeeDoesNotExistThenThePayerKeepsTheMoney() {
		String ann = this.sample.account(100);
		assertThat(this.sample.transfer(ann, UUID.randomUUID().toString(), 50).status()).isEqualTo(404);
		assertThat(this.sample.balance(ann)).isEqualTo(100);
	}

	@Test
	void whenTheSameTransferIsAskedForAgainThenItIsBookedOnce() {
		String ann = this.sample.account(100);
		String bob = this.sample.account(0);
		Map<String, ?> request = Map.of("id", UUID.randomUUID(), "from", ann, "to", bob, "cents", 100);
		Answer first = this.sample.post("/transfers", request);
		Answer second = this.sample.post("/transfers", request);
		assertThat(second.status()).isEqualTo(201);
		assertThat(second.body()).isEqualTo(first.body());
		assertThat(this.sample.balance(bob)).isEqualTo(100);
	}

	@Test
	void whenAnotherTransferHasTheIdentifierThenItIsAConflict() {
		String ann = this.sample.account(100);
		String bob = this.sample.account(0);
		UUID id = UUID.randomUUID();
		this.sample.post("/transfers", Map.of("id", id, "from", ann, "to", bob, "cents", 10));
		Answer other = this.sample.post("/transfers", Map.of("id", id, "from", ann, "to", bob, "cents", 20));
		assertThat(other.status()).isEqualTo(409);
		assertThat(this.sample.balance(bob)).isEqualTo(10);
	}

	@Test
	void whenTheRequestIsInvalidThenTheAnswerSaysWhatIsWrong() {
		Answer answer = this.sample.post("/accounts", Map.of("owner", " ", "balanceCents", -1));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(answer.body().path("errors").toString()).contains("owner must not be blank",
				"balanceCents must be greater than or equal to 0");
		assertThat(this.sample.get("/accounts?limit=0").body().path("errors").toString()).contains("limit must be");
		assertThat(this.sample.get("/accounts/x").status()).isEqualTo(400);
		assertThat(this.sample.get("/accounts/" + UUID.randomUUID()).status()).isEqualTo(404);
	}

}
