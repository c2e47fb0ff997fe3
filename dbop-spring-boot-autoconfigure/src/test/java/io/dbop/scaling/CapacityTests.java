package io.dbop.scaling;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Tests for {@link Capacity}. */
class CapacityTests {

	private static final Duration HELD = Duration.ofMillis(100);

	@ParameterizedTest
	@CsvSource({ "0, 1", "150, 1", "200, 1", "209, 1", "211, 2", "400, 2", "1000, 5", "1011, 6" })
	void whenCallersArriveThenAsManyServersAreNeededAsTheyKeepBusy(double arrivals, int servers) {
		Capacity capacity = Capacity.of(arrivals, HELD, 20, null);
		assertThat(capacity.connections()).isEqualTo(arrivals / 10, within(1e-9));
		assertThat(capacity.servers()).isEqualTo(servers);
		assertThat(capacity.exceeded()).isEqualTo(servers > 1);
		assertThat(capacity.beyondDatabase()).isFalse();
	}

	@Test
	void whenTheDatabaseHasRoomForFewerServersThenItIsTheLimit() {
		assertThat(Capacity.of(1000, HELD, 20, server(100, 20)).beyondDatabase()).isFalse();
		Capacity beyond = Capacity.of(1000, HELD, 20, server(100, 21));
		assertThat(beyond.room()).isEqualTo(3);
		assertThat(beyond.beyondDatabase()).isTrue();
		assertThat(Capacity.of(100, HELD, 20, server(100, 100)).beyondDatabase()).isFalse();
	}

	@Test
	void whenThePoolDoesNotTellItsSizeThenOnlyConnectionsAreTold() {
		Capacity capacity = Capacity.of(1000, HELD, null, null);
		assertThat(capacity.connections()).isEqualTo(100, within(1e-9));
		assertThat(capacity.servers()).isNull();
		assertThat(capacity.exceeded() || capacity.beyondDatabase()).isFalse();
	}

	private static ServerConnections server(int max, int inUse) {
		return new ServerConnections("server", max, inUse, Duration.ZERO);
	}

}
