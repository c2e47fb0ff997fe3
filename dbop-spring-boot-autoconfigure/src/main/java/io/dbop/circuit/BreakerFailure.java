package io.dbop.circuit;

import java.sql.SQLException;
import java.util.List;

import io.dbop.failure.SqlExceptionChain;
import io.dbop.pool.AcquisitionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A failure that a circuit breaker counted, as far as anybody may know it.
 *
 * @param type the class of the exception, without its package
 * @param sqlState its SQLSTATE, {@code null} if it has none
 * @param exhausted whether there was no connection left, so that the database may be well
 */
public record BreakerFailure(String type, @Nullable String sqlState, boolean exhausted) {

	static BreakerFailure of(Throwable failure) {
		List<SQLException> chain = SqlExceptionChain.of(failure);
		Throwable shown = chain.isEmpty() ? failure : chain.get(0);
		return new BreakerFailure(shown.getClass().getSimpleName(),
				(shown instanceof SQLException exception) ? exception.getSQLState() : null, chain.stream()
					.anyMatch((each) -> each instanceof AcquisitionTimeoutException timeout && timeout.exhausted()));
	}

	@Override
	public String toString() {
		return (this.sqlState != null) ? this.type + ", SQLSTATE " + this.sqlState : this.type;
	}

}
