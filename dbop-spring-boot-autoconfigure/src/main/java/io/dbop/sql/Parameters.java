package io.dbop.sql;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The parameters of a statement, as they are found from its start to its end.
 */
final class Parameters {

	private static final int[] NONE = {};

	private ParameterStyle style = ParameterStyle.NONE;

	private int firstStart;

	private int highest;

	private @Nullable BitSet numbers;

	private @Nullable Map<String, Integer> names;

	private int binds;

	private int[] ofBinds = NONE;

	private int[] offsets = NONE;

	/**
	 * Whether a form of marker goes with those found before.
	 */
	boolean accepts(ParameterStyle form, int sourceStart) {
		if (this.style == ParameterStyle.NONE) {
			this.style = form;
			this.firstStart = sourceStart;
		}
		return this.style == form;
	}

	/** Where in the statement the first marker was. */
	int firstStart() {
		return this.firstStart;
	}

	void addPositional(int offset) {
		add(this.binds, offset);
	}

	void addNumbered(int number, int offset) {
		if (this.numbers == null) {
			this.numbers = new BitSet();
		}
		this.numbers.set(number - 1);
		this.highest = Math.max(this.highest, number);
		add(number - 1, offset);
	}

	void addNamed(String name, int offset) {
		if (this.names == null) {
			this.names = new LinkedHashMap<>();
		}
		Integer known = this.names.putIfAbsent(name, this.names.size());
		add((known != null) ? known : this.names.size() - 1, offset);
	}

	private void add(int parameter, int offset) {
		if (this.binds == this.offsets.length) {
			int length = Math.max(8, this.binds * 2);
			this.ofBinds = Arrays.copyOf(this.ofBinds, length);
			this.offsets = Arrays.copyOf(this.offsets, length);
		}
		this.ofBinds[this.binds] = parameter;
		this.offsets[this.binds] = offset;
		this.binds++;
	}

	/** The lowest number that is left out, or 0. */
	int missingNumber() {
		int next = (this.numbers != null) ? this.numbers.nextClearBit(0) + 1 : 1;
		return (next <= this.highest) ? next : 0;
	}

	ParameterStyle style() {
		return this.style;
	}

	int count() {
		return switch (this.style) {
			case NONE -> 0;
			case POSITIONAL -> this.binds;
			case NUMBERED -> this.highest;
			case NAMED -> names().size();
		};
	}

	int[] ofBinds() {
		return Arrays.copyOf(this.ofBinds, this.binds);
	}

	int[] offsets() {
		return Arrays.copyOf(this.offsets, this.binds);
	}

	List<String> names() {
		return (this.names != null) ? List.copyOf(this.names.keySet()) : List.of();
	}

}
