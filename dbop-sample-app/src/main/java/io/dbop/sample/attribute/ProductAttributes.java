package io.dbop.sample.attribute;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.dbop.database.Database;
import io.dbop.entity.EntityOperations;
import io.dbop.entity.EntityRecord;
import io.dbop.entity.EntityVersion;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Repository;

/**
 * The attributes of products. Nobody has made a table for them: it comes with the first,
 * and a column with each new one.
 */
@Repository
public class ProductAttributes {

	private static final String ENTITY = "product_attributes";

	private final EntityOperations entities;

	public ProductAttributes(@Qualifier("main") Database main) {
		this.entities = main.entities();
	}

	/**
	 * Adds to the attributes of a product, or changes them; those that are not named
	 * stay.
	 * @param sku the product
	 * @param attributes the attributes
	 * @return all of them
	 */
	public EntityRecord add(String sku, Map<String, @Nullable Object> attributes) {
		return this.entities.save(ENTITY, sku, attributes);
	}

	/**
	 * The attributes of a product.
	 * @param sku the product
	 * @return its attributes, empty if it has none
	 */
	public Optional<EntityRecord> get(String sku) {
		return this.entities.get(ENTITY, sku);
	}

	/**
	 * Goes back to a version.
	 * @param sku the product
	 * @param version the version
	 * @return the attributes as they are then, empty if there is no such version
	 */
	public Optional<EntityRecord> restore(String sku, long version) {
		return this.entities.version(ENTITY, sku, version)
			.map((then) -> this.entities.save(ENTITY, sku, then.fields()));
	}

	/**
	 * All that the attributes have been.
	 * @param sku the product
	 * @return the versions, newest first
	 */
	public List<EntityVersion> history(String sku) {
		return this.entities.history(ENTITY, sku);
	}

}
