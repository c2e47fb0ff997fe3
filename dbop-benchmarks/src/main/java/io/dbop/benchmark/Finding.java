package io.dbop.benchmark;

/**
 * What one run of a study has found.
 *
 * @param kind what it is
 * @param name what was measured
 * @param value what came out
 * @param aim what it must be
 */
record Finding(Kind kind, String name, double value, Aim aim) {

	private static final String MARK = "FINDING";

	enum Kind {

		/** Compared with what is stored. */
		RATIO,

		/** The same on every machine, compared too. */
		COUNT,

		/** Depends on the machine: never compared with what is stored. */
		TIME

	}

	String line() {
		return String.join("\t", MARK, this.kind.name(), this.name, Double.toString(this.value), this.aim.toString());
	}

	static boolean isLine(String line) {
		return line.startsWith(MARK + "\t");
	}

	static Finding parse(String line) {
		String[] parts = line.split("\t");
		return new Finding(Kind.valueOf(parts[1]), parts[2], Double.parseDouble(parts[3]), Aim.parse(parts[4]));
	}

}
