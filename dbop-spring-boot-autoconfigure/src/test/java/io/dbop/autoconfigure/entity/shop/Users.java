package io.dbop.autoconfigure.entity.shop;

/** Not public, as such interfaces often are. */
interface Users extends Named<User> {

	@Override
	default User save(User object) {
		return Named.super.save(new User(object.id(), object.name().strip(), object.joined(), object.credit()));
	}

}
