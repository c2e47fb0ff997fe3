package io.dbop.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** The observations of dbop and their keys. */
public enum DatabaseObservation implements ObservationDocumentation {

	/** An operation, from its first attempt to its last, waits included. */
	OPERATION {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return OperationObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return KeyName.merge(Keys.values(), EndingKeys.values());
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return OperationKeys.values();
		}

	},

	/** One attempt of an operation, inside of it. */
	ATTEMPT {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return AttemptObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return KeyName.merge(Keys.values(), EndingKeys.values(), AttemptKeys.values());
		}

	};

	/** What both tell of themselves. Of low cardinality. */
	public enum Keys implements KeyName {

		/** The alias of the database. */
		ALIAS {

			@Override
			public String asString() {
				return "alias";
			}

		},

		/** The name of the operation. */
		OPERATION {

			@Override
			public String asString() {
				return "operation";
			}

		}

	}

	/** What both tell of how they ended. Of low cardinality. */
	public enum EndingKeys implements KeyName {

		/** How it ended: a {@link io.dbop.execution.Outcome} in lower case. */
		OUTCOME {

			@Override
			public String asString() {
				return "outcome";
			}

		},

		/**
		 * What the failure was: a {@link io.dbop.failure.FailureKind} in lower case, or
		 * {@code none}.
		 */
		CLASSIFICATION {

			@Override
			public String asString() {
				return "classification";
			}

		},

		/**
		 * The SQLSTATE of the failure, {@code none}, or {@code other} for what is not
		 * one.
		 */
		SQLSTATE {

			@Override
			public String asString() {
				return "sqlstate";
			}

		},

		/** The simple name of the exception's class, or {@code none}. */
		EXCEPTION {

			@Override
			public String asString() {
				return "exception";
			}

		}

	}

	/** What an attempt tells besides. Of low cardinality. */
	public enum AttemptKeys implements KeyName {

		/** The number of the attempt: 1 to 9, or {@code 10+}. */
		ATTEMPT {

			@Override
			public String asString() {
				return "attempt";
			}

		}

	}

	/** What an operation tells besides. Of high cardinality. */
	public enum OperationKeys implements KeyName {

		/** How many attempts were made. */
		ATTEMPTS {

			@Override
			public String asString() {
				return "attempts";
			}

		}

	}

}
