package io.dbop.benchmark.entity;

import java.math.BigDecimal;
import java.time.Instant;

import io.dbop.entity.DbEntity;
import org.jspecify.annotations.Nullable;

/**
 * What is saved: a bit of everything that entities are made of.
 *
 * @param id its id, {@code null} if it is to get one
 * @param name a text
 * @param status a text that many have
 * @param quantity a number that changes with every save
 * @param price two digits behind the point
 * @param active a mark
 * @param due a point in time
 * @param version how often it was saved
 */
@DbEntity("items")
record Item(@Nullable String id, String name, String status, int quantity, BigDecimal price, boolean active,
		Instant due, long version) {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private static final String[] STATUS = { "ordered", "in stock", "sold out", "discontinued" };

	/**
	 * Makes one.
	 * @param id its id
	 * @param number another one for each save
	 * @return an item none of whose fields but the mark and the status is likely to be
	 * what it was
	 */
	static Item of(@Nullable String id, int number) {
		return new Item(id, "Item number " + number, STATUS[number % STATUS.length], number,
				BigDecimal.valueOf(number % 1_000_000, 2), number % 3 != 0, START.plusSeconds(number), 0);
	}

}
