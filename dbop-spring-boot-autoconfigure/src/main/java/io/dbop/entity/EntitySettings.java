package io.dbop.entity;

import java.time.Duration;
import java.util.Map;

/**
 * What is configured for the entities of one database. Immutable.
 *
 * @param mode what may be done to tables, where nothing else is said
 * @param modes what may be done to the tables of some entities, by name
 * @param onTypeConflict what is done when a field is given a value that its column cannot
 * hold
 * @param maxFields the most fields that an entity may have
 * @param schemaLockTimeout how long a change to a table waits for others
 * @param writer how writers bring saves together
 */
public record EntitySettings(EntityMode mode, Map<String, EntityMode> modes, TypeConflict onTypeConflict, int maxFields,
		Duration schemaLockTimeout, WriterSettings writer) {

	private static final EntitySettings DEFAULTS = new EntitySettings(EntityMode.EVOLVE, Map.of(), TypeConflict.REFUSE,
			500, Duration.ofSeconds(5), WriterSettings.defaults());

	/**
	 * Creates the settings.
	 */
	public EntitySettings {
		modes = Map.copyOf(modes);
	}

	/**
	 * Creates settings with writers as they usually are.
	 * @param mode what may be done to tables
	 * @param modes what may be done to the tables of some entities, by name
	 * @param onTypeConflict what is done about values that a column cannot hold
	 * @param maxFields the most fields that an entity may have
	 * @param schemaLockTimeout how long a change to a table waits for others
	 */
	public EntitySettings(EntityMode mode, Map<String, EntityMode> modes, TypeConflict onTypeConflict, int maxFields,
			Duration schemaLockTimeout) {
		this(mode, modes, onTypeConflict, maxFields, schemaLockTimeout, WriterSettings.defaults());
	}

	/**
	 * The same with other writers.
	 * @param other how writers bring saves together
	 * @return the settings
	 */
	public EntitySettings withWriter(WriterSettings other) {
		return new EntitySettings(this.mode, this.modes, this.onTypeConflict, this.maxFields, this.schemaLockTimeout,
				other);
	}

	/**
	 * What is so where nothing is configured: tables evolve, conflicts are refused, up to
	 * 500 fields, and changes to a table wait for 5 seconds.
	 * @return the settings
	 */
	public static EntitySettings defaults() {
		return DEFAULTS;
	}

	/**
	 * What may be done to the tables of an entity.
	 * @param entity the name of the entity
	 * @return its own mode, or that of all others
	 */
	public EntityMode mode(String entity) {
		return this.modes.getOrDefault(entity, this.mode);
	}

}
