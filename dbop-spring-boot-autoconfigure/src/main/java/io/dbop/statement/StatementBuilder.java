package io.dbop.statement;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.dbop.dialect.StatementLimits;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Collects what is said of a statement.
 *
 * @param <S> the kind of statement
 */
abstract class StatementBuilder<S extends StatementSettings<S>> implements StatementSettings<S> {

	private final StatementArguments arguments = new StatementArguments();

	private final Map<String, String> tags = new TreeMap<>();

	private @Nullable String name;

	private @Nullable Duration timeout;

	private @Nullable Duration lockTimeout;

	private boolean idempotent;

	private boolean readOnly;

	private @Nullable Integer maxRetries;

	private int fetchSize;

	private int maxRows;

	abstract S self();

	final StatementOptions options() {
		StatementLimits limits = (this.timeout != null || this.lockTimeout != null)
				? new StatementLimits(this.timeout, this.lockTimeout) : StatementLimits.NONE;
		Map<String, String> tags = this.tags.isEmpty() ? Map.of() : new TreeMap<>(this.tags);
		return new StatementOptions(this.name, limits, tags, this.idempotent, this.readOnly, this.maxRetries,
				this.fetchSize, this.maxRows);
	}

	final StatementArguments arguments() {
		return this.arguments;
	}

	@Override
	public final S param(@Nullable Object value) {
		this.arguments.add(value);
		return self();
	}

	@Override
	public final S param(int position, @Nullable Object value) {
		Assert.isTrue(position >= 1, () -> "The position of a parameter is at least 1: " + position);
		this.arguments.set(position - 1, value);
		return self();
	}

	@Override
	public final S param(String name, @Nullable Object value) {
		Assert.hasText(name, "The name of a parameter must not be empty");
		this.arguments.put(name, value);
		return self();
	}

	@Override
	public final S params(@Nullable Object... values) {
		Assert.notNull(values, "The values must not be null; a single null is given by param(null)");
		return params(Arrays.asList(values));
	}

	@Override
	public final S params(List<?> values) {
		Assert.notNull(values, "The list of values must not be null");
		values.forEach(this.arguments::add);
		return self();
	}

	@Override
	public final S params(Map<String, ?> values) {
		return paramSource(values);
	}

	@Override
	public final S paramSource(Object source) {
		Assert.notNull(source, "The source of parameters must not be null");
		this.arguments.from(source);
		return self();
	}

	@Override
	public final S timeout(Duration timeout) {
		this.timeout = positive("timeout", timeout);
		return self();
	}

	@Override
	public final S lockTimeout(Duration timeout) {
		this.lockTimeout = positive("lockTimeout", timeout);
		return self();
	}

	@Override
	public final S tag(String key, String value) {
		Assert.isTrue(key != null && value != null, "A tag needs a key and a value");
		return tags(Map.of(key, value));
	}

	@Override
	public final S tags(Map<String, String> tags) {
		Assert.notNull(tags, "The tags must not be null");
		tags.forEach((key, value) -> Assert.isTrue(key != null && !key.isBlank() && value != null,
				"A tag needs a key and a value"));
		this.tags.putAll(tags);
		return self();
	}

	@Override
	public final S named(String name) {
		Assert.hasText(name, "The name of an operation must not be empty");
		this.name = name;
		return self();
	}

	@Override
	public final S idempotent() {
		this.idempotent = true;
		return self();
	}

	@Override
	public final S readOnly() {
		this.readOnly = true;
		return self();
	}

	@Override
	public final S maxRetries(int maxRetries) {
		Assert.isTrue(maxRetries >= 0, () -> "maxRetries must not be negative: " + maxRetries);
		this.maxRetries = maxRetries;
		return self();
	}

	@Override
	public final S fetchSize(int fetchSize) {
		Assert.isTrue(fetchSize >= 0, () -> "fetchSize must not be negative: " + fetchSize);
		this.fetchSize = fetchSize;
		return self();
	}

	@Override
	public final S maxRows(int maxRows) {
		Assert.isTrue(maxRows >= 0, () -> "maxRows must not be negative: " + maxRows);
		this.maxRows = maxRows;
		return self();
	}

	private static Duration positive(String what, Duration duration) {
		Assert.notNull(duration, () -> what + " must not be null");
		Assert.isTrue(!duration.isNegative() && !duration.isZero(), () -> what + " must be positive: " + duration);
		return duration;
	}

}
