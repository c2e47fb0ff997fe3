package io.dbop.entity.cache;

import java.util.HashMap;
import java.util.Map;

/** What a cache has to be told when it is there again. Not thread-safe. */
final class MissedChanges {

	/** More would take longer to tell than to read anew. */
	private static final int MOST = 10_000;

	/** Whether the last change of an id is in doubt. */
	private final Map<String, Boolean> doubts = new HashMap<>();

	private boolean many;

	boolean isEmpty() {
		return this.doubts.isEmpty() && !this.many;
	}

	void changed(String id) {
		add(id, false);
	}

	void doubted(String id) {
		add(id, true);
	}

	private void add(String id, boolean doubt) {
		if (this.doubts.size() < MOST || this.doubts.containsKey(id)) {
			this.doubts.put(id, doubt);
		}
		else {
			this.many = true;
		}
	}

	/** Takes back what could not be told, as far as nothing has come after it. */
	void addOlder(MissedChanges older) {
		older.doubts.forEach((id, doubt) -> {
			if (!this.doubts.containsKey(id)) {
				add(id, doubt);
			}
		});
		this.many |= older.many;
	}

	void tell(StampedCache cache) {
		if (this.many) {
			cache.renewAll();
		}
		this.doubts.forEach((id, doubt) -> {
			if (doubt) {
				cache.close(id);
			}
			else {
				cache.renew(id);
			}
		});
	}

}
