package io.dbop.test.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PostgresWire}.
 */
class PostgresWireTests {

	private static final byte[] STARTUP = untyped(196608, "user\0me\0\0");

	private static final byte[] SSL_REQUEST = untyped(80877103, "");

	private static final byte[] GSS_REQUEST = untyped(80877104, "");

	private static final byte[] SYNC = typed('S', "");

	private final PostgresWire wire = new PostgresWire();

	@Test
	void whenASimpleQueryComesThenItIsExecuted() {
		assertThat(execute(STARTUP, typed('Q', "select 'é'\0"))).containsExactly("select 'é'");
	}

	@Test
	void whenAStatementIsParsedOnlyThenItIsNotExecuted() {
		assertThat(execute(STARTUP, typed('P', "\0COMMIT\0\0\0"), SYNC)).isEmpty();
	}

	@Test
	void whenAnUnnamedStatementIsExecutedThenItsTextIsKnown() {
		assertThat(execute(STARTUP, typed('P', "\0COMMIT\0\0\0"), typed('B', "\0\0\0\0\0\0\0\0"), typed('D', "P\0"),
				typed('E', "\0\0\0\0\1"), SYNC))
			.containsExactly("COMMIT");
	}

	@Test
	void whenANamedStatementIsExecutedAgainThenItsTextIsKnown() {
		byte[] bind = typed('B', "C_1\0S_1\0\0\0\0\0\0\0");
		byte[] execute = typed('E', "C_1\0\0\0\0\0");
		assertThat(execute(STARTUP, typed('P', "S_1\0COMMIT\0\0\0"), bind, execute, SYNC, bind, execute, SYNC))
			.containsExactly("COMMIT", "COMMIT");
	}

	@Test
	void whenStatementsArePipelinedThenTheyComeInOrder() {
		assertThat(
				execute(STARTUP, typed('P', "\0BEGIN\0\0\0"), typed('B', "\0\0\0\0\0\0\0\0"), typed('E', "\0\0\0\0\0"),
						typed('P', "\0select 1\0\0\0"), typed('B', "\0\0\0\0\0\0\0\0"), typed('E', "\0\0\0\0\0"), SYNC))
			.containsExactly("BEGIN", "select 1");
	}

	@Test
	void whenEncryptionIsRefusedThenItGoesOnInPlainText() {
		assertThat(execute(GSS_REQUEST, SSL_REQUEST, STARTUP, typed('Q', "select 1\0"))).containsExactly("select 1");
	}

	@Test
	void whenEncryptedThenNothingIsRecognised() {
		byte[] hello = { 0x16, 3, 1, 0, 2, 1, 1 };
		assertThat(execute(SSL_REQUEST)).isEmpty();
		assertThat(execute(hello, typed('Q', "select 1\0"))).isEmpty();
	}

	@Test
	void whenMessagesAreSplitAnywhereThenTheyAreReadAllTheSame() {
		List<String> executed = new ArrayList<>();
		for (byte single : join(SSL_REQUEST, STARTUP, typed('Q', "select 1\0"), typed('Q', "commit\0"))) {
			executed.addAll(this.wire.executed(ByteBuffer.wrap(new byte[] { single })));
		}
		assertThat(executed).containsExactly("select 1", "commit");
	}

	private List<String> execute(byte[]... messages) {
		return this.wire.executed(ByteBuffer.wrap(join(messages)));
	}

	private static byte[] typed(char type, String content) {
		byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(5 + bytes.length).put((byte) type).putInt(4 + bytes.length).put(bytes).array();
	}

	private static byte[] untyped(int code, String content) {
		byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(8 + bytes.length).putInt(8 + bytes.length).putInt(code).put(bytes).array();
	}

	private static byte[] join(byte[]... messages) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		for (byte[] message : messages) {
			joined.writeBytes(message);
		}
		return joined.toByteArray();
	}

}
