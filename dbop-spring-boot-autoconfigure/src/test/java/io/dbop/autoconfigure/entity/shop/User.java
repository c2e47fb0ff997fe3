package io.dbop.autoconfigure.entity.shop;

import java.time.Instant;

import io.dbop.entity.DbEntity;
import org.jspecify.annotations.Nullable;

/** A user of the shop. */
@DbEntity("users")
public record User(@Nullable String id, String name, @Nullable Instant joined, @Nullable Money credit) {

	/** What has a serializer. */
	public record Money(long cents) {
	}

}
