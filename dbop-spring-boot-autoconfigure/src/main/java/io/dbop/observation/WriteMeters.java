package io.dbop.observation;

import io.dbop.execution.WriteCounts;

/** Saves of single entities, by themselves and through writers. */
final class WriteMeters {

	private WriteMeters() {
	}

	static void bind(MeterGroup database, WriteCounts counts) {
		String name = "dbop.entity.saves";
		String description = "Saves of one entity that were committed by themselves, or together with others by a writer";
		database.with("commit", "alone").count(name, description, counts, WriteCounts::committedAlone);
		database.with("commit", "together").count(name, description, counts, WriteCounts::committedTogether);
		database.count("dbop.entity.writer.groups", "Groups of saves that writers have committed", counts,
				WriteCounts::groups);
		database.count("dbop.entity.writer.refusals", "Saves that writers did not take, for want of room", counts,
				WriteCounts::refusals);
		database.gauge("dbop.entity.writer.waiting", "Saves that wait for their group or its commit", counts,
				WriteCounts::waiting);
	}

}
