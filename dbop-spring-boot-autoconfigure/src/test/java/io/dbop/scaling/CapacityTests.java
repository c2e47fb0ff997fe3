package io.dbop.scaling;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
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
		Capacity capacity = load(arrivals, 20, null);
		assertThat(capacity.connections()).isEqualTo(arrivals / 10, within(1e-9));
		assertThat(capacity.servers()).isEqualTo(servers);
		assertThat(capacity.exceeded()).isEqualTo(servers > 1);
		assertThat(capacity.beyondDatabase()).isFalse();
	}

	@Test
	void whenTheDatabaseHasRoomForFewerServersThenItIsTheLimit() {
		assertThat(load(1000, 20, server(100, 20)).beyondDatabase()).isFalse();
		Capacity beyond = load(1000, 20, server(100, 21));
		assertThat(beyond.room()).isEqualTo(3);
		assertThat(beyond.beyondDatabase()).isTrue();
		assertThat(load(100, 20, server(100, 100)).beyondDatabase()).isFalse();
	}

	@Test
	void whenThePoolDoesNotTellItsSizeThenOnlyConnectionsAreTold() {
		Capacity capacity = load(1000, null, null);
		assertThat(capacity.connections()).isEqualTo(100, within(1e-9));
		assertThat(capacity.servers()).isNull();
		assertThat(capacity.exceeded() || capacity.beyondDatabase()).isFalse();
	}

	@Test
	void whenSomeHoldTheirsForLongThenTheyCountForAsManyConnectionsAsTheyHold() {
		Capacity capacity = Capacity.of(20, 20, 10, HELD, 20, null);
		assertThat(capacity.connections()).isEqualTo(21, within(1e-9));
		assertThat(capacity.held()).isEqualTo(Duration.ofMillis(1050));
	}

	/** Of callers who all hold a connection for as long, and get one. */
	private static Capacity load(double arrivals, @Nullable Integer poolMax, @Nullable ServerConnections server) {
		return Capacity.of(arrivals, arrivals / 10, 0, HELD, poolMax, server);
	}

	private static ServerConnections server(int max, int inUse) {
		return new ServerConnections("server", max, inUse, Duration.ZERO);
	}

}
