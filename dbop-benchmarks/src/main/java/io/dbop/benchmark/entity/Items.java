package io.dbop.benchmark.entity;

import io.dbop.entity.EntityRepository;

/** The repository of items, as an application declares it. */
interface Items extends EntityRepository<Item> {

}
