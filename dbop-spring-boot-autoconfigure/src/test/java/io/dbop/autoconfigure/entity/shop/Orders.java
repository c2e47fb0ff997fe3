package io.dbop.autoconfigure.entity.shop;

import io.dbop.entity.EntityRepository;

/** A repository of another database. */
public interface Orders extends EntityRepository<Order> {

}
