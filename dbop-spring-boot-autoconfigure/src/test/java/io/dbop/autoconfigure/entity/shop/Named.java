package io.dbop.autoconfigure.entity.shop;

import java.util.List;

import io.dbop.entity.EntityQuery;
import io.dbop.entity.EntityRepository;

/**
 * What repositories of entities with a name have in common, itself none.
 *
 * @param <T> the entities
 */
interface Named<T> extends EntityRepository<T> {

	default List<T> byName(String name) {
		return find(EntityQuery.where("[name] = ?", name).orderBy("[id]"));
	}

}
