package io.dbop.autoconfigure;

/** Whether operations and attempts are observed. */
enum ObservationsSwitch {

	/** If somebody of the application's looks at observations. */
	AUTO,

	/** If there is an ObservationRegistry. */
	TRUE,

	/** Never. */
	FALSE

}
