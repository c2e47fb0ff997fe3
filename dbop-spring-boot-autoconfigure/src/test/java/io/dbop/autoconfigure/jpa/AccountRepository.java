package io.dbop.autoconfigure.jpa;

import org.springframework.data.repository.CrudRepository;

/** A repository of Spring Data. */
public interface AccountRepository extends CrudRepository<Account, Long> {

}
