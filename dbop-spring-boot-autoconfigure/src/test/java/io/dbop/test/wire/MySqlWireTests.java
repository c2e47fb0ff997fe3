package io.dbop.test.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link MySqlWire}.
 */
class MySqlWireTests {

	private static final int PLAIN = 0;

	private static final int SSL = 1 << 11;

	private static final int QUERY_ATTRIBUTES = 1 << 27;

	private final MySqlWire wire = new MySqlWire();

	@Test
	void whenAQueryComesThenItIsExecuted() {
		assertThat(execute(handshake(PLAIN), command("\3select 'é'"))).containsExactly("select 'é'");
	}

	@Test
	void whenTheClientMaySendAttributesThenTheirCountIsSkipped() {
		assertThat(execute(handshake(QUERY_ATTRIBUTES), command("\3\0\1COMMIT"))).containsExactly("COMMIT");
	}

	@Test
	void whenThereAreAttributesThenItSaysThatItCannotReadThem() {
		assertThatIllegalStateException()
			.isThrownBy(() -> execute(handshake(QUERY_ATTRIBUTES), command("\3\1\1...COMMIT")));
	}

	@Test
	void whenAnotherCommandComesThenNothingIsExecuted() {
		byte ping = 0x0e;
		assertThat(execute(handshake(PLAIN), packet(0, new byte[] { ping }), command("\26COMMIT"))).isEmpty();
	}

	@Test
	void whenAPacketContinuesAnotherThenItIsNotACommand() {
		assertThat(execute(handshake(PLAIN), packet(3, "\3COMMIT".getBytes(StandardCharsets.UTF_8)))).isEmpty();
	}

	@Test
	void whenEncryptedThenNothingIsRecognised() {
		assertThat(execute(handshake(SSL), command("\3COMMIT"))).isEmpty();
		assertThat(execute(command("\3COMMIT"))).isEmpty();
	}

	@Test
	void whenPacketsAreSplitAnywhereThenTheyAreReadAllTheSame() {
		List<String> executed = new ArrayList<>();
		for (byte single : join(handshake(PLAIN), command("\3select 1"), command("\3commit"))) {
			executed.addAll(this.wire.executed(ByteBuffer.wrap(new byte[] { single })));
		}
		assertThat(executed).containsExactly("select 1", "commit");
	}

	private List<String> execute(byte[]... packets) {
		return this.wire.executed(ByteBuffer.wrap(join(packets)));
	}

	private static byte[] handshake(int capabilities) {
		return packet(1, ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN).putInt(capabilities).array());
	}

	private static byte[] command(String payload) {
		return packet(0, payload.getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] packet(int sequence, byte[] payload) {
		return ByteBuffer.allocate(4 + payload.length)
			.order(ByteOrder.LITTLE_ENDIAN)
			.putInt(payload.length | sequence << 24)
			.put(payload)
			.array();
	}

	private static byte[] join(byte[]... packets) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		for (byte[] packet : packets) {
			joined.writeBytes(packet);
		}
		return joined.toByteArray();
	}

}
