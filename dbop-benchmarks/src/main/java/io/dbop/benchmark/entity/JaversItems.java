package io.dbop.benchmark.entity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;
import org.javers.core.Javers;
import org.javers.core.JaversBuilder;
import org.javers.core.MappingStyle;
import org.javers.core.metamodel.clazz.EntityDefinition;
import org.javers.repository.sql.DialectName;
import org.javers.repository.sql.JaversSqlRepository;
import org.javers.repository.sql.SqlRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * An upsert by hand, and JaVers that commits what has changed in the same transaction.
 */
final class JaversItems implements ItemKeeper {

	private static final String UPSERT = ItemTables.upsert(TestDatabase.POSTGRESQL);

	private final HikariDataSource pool;

	private final ItemParameters parameters = new ItemParameters(TestDatabase.POSTGRESQL);

	private final Javers javers;

	/** That of the transaction. */
	private @Nullable Connection current;

	JaversItems(DatabaseInstance database) throws SQLException {
		this.pool = Pools.open(database, false);
		Pools.execute(this.pool, ItemTables.create(TestDatabase.POSTGRESQL));
		JaversSqlRepository repository = SqlRepositoryBuilder.sqlRepository()
			.withConnectionProvider(() -> this.current)
			.withDialect(DialectName.POSTGRES)
			.build();
		try (Connection connection = this.pool.getConnection()) {
			this.current = connection;
			this.javers = JaversBuilder.javers()
				.withMappingStyle(MappingStyle.FIELD)
				.registerEntity(new EntityDefinition(Item.class, "id"))
				.registerJaversRepository(repository)
				.build();
			connection.commit();
		}
	}

	@Override
	public void save(Item item) throws SQLException {
		try (Connection connection = this.pool.getConnection()) {
			this.current = connection;
			try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
				this.parameters.set(upsert, item.id(), item);
				upsert.executeUpdate();
			}
			this.javers.commit("nobody", item);
			connection.commit();
		}
	}

	@Override
	public void close() {
		this.pool.close();
	}

}
