package io.dbop.entity;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.util.Assert;

/**
 * A column to sort by.
 *
 * @param name the name of the column
 * @param descending whether the largest comes first
 */
record SortColumn(String name, boolean descending) {

	/** A name with or without brackets, and a direction or none. */
	private static final Pattern COLUMN = Pattern.compile("(?:\\[([^\\]]+)]|([\\p{L}\\p{N}_$]+))(?:\\s+(asc|desc))?",
			Pattern.CASE_INSENSITIVE);

	static List<SortColumn> parse(String columns) {
		Assert.hasText(columns, "The order must not be empty");
		List<SortColumn> order = new ArrayList<>();
		for (String each : columns.split(",", -1)) {
			Matcher matcher = COLUMN.matcher(each.trim());
			if (!matcher.matches()) {
				throw new InvalidEntityException(
						"An order is a list of columns, each with ASC or DESC or neither, such as"
								+ " '[joined] DESC, [name]'. One of its elements is not a column.");
			}
			String name = (matcher.group(1) != null) ? matcher.group(1) : matcher.group(2);
			order.add(new SortColumn(name, "desc".equalsIgnoreCase(matcher.group(3))));
		}
		return List.copyOf(order);
	}

}
