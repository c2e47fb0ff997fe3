package io.dbop.entity;

/** What was done to an entity. */
public enum EntityChange {

	/** It was saved for the first time, or for the first time since it was removed. */
	CREATE,

	/** It was saved. */
	UPDATE,

	/** It was marked as deleted. */
	DELETE,

	/** It was restored, or saved after it had been deleted. */
	RESTORE,

	/** It was removed for good. */
	PURGE

}
