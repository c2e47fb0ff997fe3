package io.dbop.autoconfigure.entity.shop;

import java.util.List;

import io.dbop.entity.EntityRepository;

/** What is given a repository. */
public class UserService {

	private final Users users;

	UserService(Users users) {
		this.users = users;
	}

	/**
	 * The repository.
	 * @return the repository
	 */
	public EntityRepository<User> users() {
		return this.users;
	}

	/**
	 * What a default method gives.
	 * @param name the name
	 * @return the users
	 */
	public List<User> byName(String name) {
		return this.users.byName(name);
	}

}
