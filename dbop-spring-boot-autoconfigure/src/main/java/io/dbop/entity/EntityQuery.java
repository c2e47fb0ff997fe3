package io.dbop.entity;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Which entities are wanted, in which order, how many. Immutable.
 */
public final class EntityQuery {

	private static final EntityQuery ALL = new EntityQuery(
			new Parts(null, List.of(), null, List.of(), null, null, null, false, null, 0));

	private final Parts parts;

	private EntityQuery(Parts parts) {
		this.parts = parts;
	}

	/**
	 * All that are not deleted.
	 * @return the query
	 */
	public static EntityQuery all() {
		return ALL;
	}

	/**
	 * Those that meet a condition.
	 * @param condition the condition, such as {@code [status] = ? AND [joined] > ?}
	 * @param values the values of its parameters
	 * @return the query
	 */
	public static EntityQuery where(String condition, @Nullable Object... values) {
		Assert.hasText(condition, "The condition must not be empty");
		List<@Nullable Object> list = Collections.unmodifiableList(Arrays.asList(values.clone()));
		return new EntityQuery(ALL.parts.withCondition(condition, list, null));
	}

	/**
	 * Those that meet a condition.
	 * @param condition the condition, such as {@code [status] IN (:states)}
	 * @param values the values of its parameters by name
	 * @return the query
	 */
	public static EntityQuery where(String condition, Map<String, ? extends @Nullable Object> values) {
		Assert.hasText(condition, "The condition must not be empty");
		return new EntityQuery(ALL.parts.withCondition(condition, List.of(),
				Collections.unmodifiableMap(new LinkedHashMap<>(values))));
	}

	/**
	 * Sorts them. Nulls come before all else, last if descending; those that are equal
	 * are sorted by id.
	 * @param columns names of fields or of {@code id}, {@code version},
	 * {@code created_at}, {@code updated_at}, each with {@code ASC} or {@code DESC} or
	 * neither, such as {@code [joined] DESC, [name]}
	 * @return a copy
	 */
	public EntityQuery orderBy(String columns) {
		return new EntityQuery(this.parts.withOrder(SortColumn.parse(columns)));
	}

	/**
	 * Ends the result after so many.
	 * @param number the most entities
	 * @return a copy
	 */
	public EntityQuery limit(int number) {
		Assert.isTrue(number >= 0, "The limit must not be negative");
		return new EntityQuery(this.parts.withPage(number, this.parts.offset()));
	}

	/**
	 * Leaves out the first ones.
	 * @param number how many
	 * @return a copy
	 */
	public EntityQuery offset(long number) {
		Assert.isTrue(number >= 0, "The offset must not be negative");
		return new EntityQuery(this.parts.withPage(this.parts.limit(), number));
	}

	/**
	 * Begins after an entity, as the next page after the last of a page: unlike an offset
	 * it costs the same for every page, and nothing is missed or seen twice when others
	 * change the entities.
	 * @param last the last entity that was seen, of a query with the same order
	 * @return a copy
	 */
	public EntityQuery after(EntityRecord last) {
		Assert.notNull(last, "The entity to begin after must not be null");
		return new EntityQuery(this.parts.withAfter(last));
	}

	/**
	 * Deleted ones are wanted too.
	 * @return a copy
	 */
	public EntityQuery includingDeleted() {
		return new EntityQuery(this.parts.withAll(true, this.parts.timeout(), this.parts.fetchSize()));
	}

	/**
	 * Limits the whole call.
	 * @param timeout the time
	 * @return a copy
	 */
	public EntityQuery timeout(Duration timeout) {
		return new EntityQuery(
				this.parts.withAll(this.parts.deleted(), EntityTimeouts.positive(timeout), this.parts.fetchSize()));
	}

	/**
	 * Says how many are fetched at a time.
	 * @param number how many
	 * @return a copy
	 */
	public EntityQuery fetchSize(int number) {
		Assert.isTrue(number >= 0, "The fetch size must not be negative");
		return new EntityQuery(this.parts.withAll(this.parts.deleted(), this.parts.timeout(), number));
	}

	Parts parts() {
		return this.parts;
	}

	/**
	 * What a query is made of.
	 *
	 * @param condition the condition
	 * @param values the values of its parameters by place
	 * @param named the values of its parameters by name, {@code null} if they have places
	 * @param order what it is sorted by
	 * @param after the entity to begin after
	 * @param limit the most entities
	 * @param offset how many are left out
	 * @param deleted whether deleted ones are wanted
	 * @param timeout how long it may take
	 * @param fetchSize how many are fetched at a time
	 */
	record Parts(@Nullable String condition, List<@Nullable Object> values,
			@Nullable Map<String, ? extends @Nullable Object> named, List<SortColumn> order,
			@Nullable EntityRecord after, @Nullable Integer limit, @Nullable Long offset, boolean deleted,
			@Nullable Duration timeout, int fetchSize) {

		Parts withCondition(String other, List<@Nullable Object> places,
				@Nullable Map<String, ? extends @Nullable Object> names) {
			return new Parts(other, places, names, this.order, this.after, this.limit, this.offset, this.deleted,
					this.timeout, this.fetchSize);
		}

		Parts withOrder(List<SortColumn> other) {
			return new Parts(this.condition, this.values, this.named, other, this.after, this.limit, this.offset,
					this.deleted, this.timeout, this.fetchSize);
		}

		Parts withAfter(EntityRecord last) {
			return new Parts(this.condition, this.values, this.named, this.order, last, this.limit, this.offset,
					this.deleted, this.timeout, this.fetchSize);
		}

		Parts withPage(@Nullable Integer rows, @Nullable Long before) {
			return new Parts(this.condition, this.values, this.named, this.order, this.after, rows, before,
					this.deleted, this.timeout, this.fetchSize);
		}

		Parts withAll(boolean all, @Nullable Duration time, int fetched) {
			return new Parts(this.condition, this.values, this.named, this.order, this.after, this.limit, this.offset,
					all, time, fetched);
		}

	}

}
