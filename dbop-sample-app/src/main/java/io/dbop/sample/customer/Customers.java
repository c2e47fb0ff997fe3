package io.dbop.sample.customer;

import java.util.List;

import io.dbop.entity.EntityQuery;
import io.dbop.entity.EntityRepository;

/**
 * The customers in the main database. There is no implementation, and no table either
 * until the application starts for the first time.
 */
public interface Customers extends EntityRepository<Customer> {

	/**
	 * Customers by name.
	 * @param name the name
	 * @return those that are not deleted
	 */
	default List<Customer> named(String name) {
		return find(EntityQuery.where("[name] = ?", name).orderBy("[since]").limit(100));
	}

}
