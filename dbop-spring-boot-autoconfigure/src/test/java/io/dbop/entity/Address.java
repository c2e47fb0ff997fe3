package io.dbop.entity;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** What is within an entity. */
record Address(String street, int number, BigDecimal rent, Instant since, OffsetDateTime until, List<DayOfWeek> open,
		Optional<String> door, Country country) {

	record Country(String code, long people) {
	}

}
